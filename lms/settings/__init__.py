"""Settings: `base` holds what is always so; `dev` is the embedded installation, `production` the served one."""

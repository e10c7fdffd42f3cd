"""The time zones of offices and sessions, with the names that people on the border use."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class TimeZone(models.TextChoices):
    """IANA names. Border cities of Mexico keep the clock of their neighbors and have zones of their own."""

    TIJUANA = "America/Tijuana", _("Tijuana")
    LOS_ANGELES = "America/Los_Angeles", _("San Diego, Los Angeles")
    HERMOSILLO = "America/Hermosillo", _("Nogales, Hermosillo")
    PHOENIX = "America/Phoenix", _("Arizona")
    JUAREZ = "America/Ciudad_Juarez", _("Ciudad Juárez")
    DENVER = "America/Denver", _("El Paso, Denver")
    CHIHUAHUA = "America/Chihuahua", _("Chihuahua")
    OJINAGA = "America/Ojinaga", _("Ojinaga")
    MATAMOROS = "America/Matamoros", _("Nuevo Laredo, Reynosa, Matamoros")
    CHICAGO = "America/Chicago", _("Laredo, Brownsville, Chicago")
    MONTERREY = "America/Monterrey", _("Monterrey")
    MEXICO_CITY = "America/Mexico_City", _("Mexico City")
    CANCUN = "America/Cancun", _("Cancún")
    NEW_YORK = "America/New_York", _("Washington, New York")
    UTC = "UTC", "UTC"

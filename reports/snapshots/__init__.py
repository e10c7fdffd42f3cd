"""Frozen extracts in HDF5: their schema, written and read. The only door to h5py."""

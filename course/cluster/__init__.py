"""Independent pieces of work on a Dask cluster that the user has: `SCHEDULER=tcp://...`."""

"""The pieces of the benches on a Dask cluster: a row and a seed each."""

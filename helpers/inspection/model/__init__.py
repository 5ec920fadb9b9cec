"""A model's layers by name, its calls, its inputs, and what its layers put out."""

"""The lessons' recipes, as published and mended, run into the ledger."""

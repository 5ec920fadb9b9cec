"""What a training does on its way: shows how far it is, keeps its state, stops if stuck."""

"""The number that a class is judged by: logits, found behind softmax and sigmoid."""

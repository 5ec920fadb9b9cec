"""What one order of the digits in all epochs costs, and which slice of the training set is easy."""

"""Run answers in processes of their own, within processor time and memory."""

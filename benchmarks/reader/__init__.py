"""The network that the chapters look into."""

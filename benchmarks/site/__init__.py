"""How much each page of the built site weighs, and how soon a slow phone shows it."""

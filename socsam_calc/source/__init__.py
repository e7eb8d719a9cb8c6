"""From a file's text to an agreement, with the place of every node kept for messages."""

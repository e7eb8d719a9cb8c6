"""What an editor asks while a file is written: what is wrong with it, what may stand here, what this is and comes to."""

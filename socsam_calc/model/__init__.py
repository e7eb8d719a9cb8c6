"""What an agreement file may say: frozen Pydantic models, one file per subject."""

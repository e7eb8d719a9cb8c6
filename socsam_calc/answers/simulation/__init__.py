"""Simulation: an agreement under many draws of its uncertain inputs. Needs NumPy (``pip install 'socsam-calc[scale]'``)."""

"""The instance, for the layers above that may not import the repository."""

from ..repository.instance import Instance, NoInstance, open_instance

__all__ = ["Instance", "NoInstance", "open_instance"]

"""The models of curricula."""

from .cohort import Cohort, EnrolledCourse, Enrollment, RosterImport
from .curriculum import Curriculum, CurriculumCourse
from .edition import Approval, CurriculumEdition, EditionCourse

__all__ = [
    "Approval",
    "Cohort",
    "Curriculum",
    "CurriculumCourse",
    "CurriculumEdition",
    "EditionCourse",
    "EnrolledCourse",
    "Enrollment",
    "RosterImport",
]

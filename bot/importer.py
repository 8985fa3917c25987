"""How Rasa reads the training data: its own importer, which reads the lines of data/nlu once in a training."""

from functools import cached_property

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.training_data import TrainingData


class FileImporter(RasaFileImporter):
    """Rasa's importer of files. Rasa asks for the lines with and without a language, and would read them each time."""

    def get_nlu_data(self, language: str | None = None) -> TrainingData:
        """The training lines, which are in one language; callers must not change them, and Rasa copies them."""
        return self._lines

    @cached_property
    def _lines(self) -> TrainingData:
        lines: TrainingData = super().get_nlu_data()
        return lines

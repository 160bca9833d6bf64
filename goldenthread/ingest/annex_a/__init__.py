"""Ofsted's Annex A, lists 1 to 11, in the layouts of August 2019 and of 2022 to 2024."""

from goldenthread.ingest.annex_a.mapping_report import columns_of_lists, mapping_of
from goldenthread.ingest.annex_a.matching import Mapping
from goldenthread.ingest.annex_a.reading import read
from goldenthread.ingest.annex_a.recognise import is_annex_a

__all__ = ["Mapping", "columns_of_lists", "is_annex_a", "mapping_of", "read"]

"""Model cards as others read them: the front matter by PyYAML, in the structure that Hugging Face wants."""
import yaml
from pathlib import Path

DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo" / "mlflow.db"


def front_matter(page):
    assert page.startswith("---\n")
    return yaml.safe_load(page[4:page.index("\n---\n", 4)])


def export(sextant, *arguments):
    done = sextant.run("cards", "export", "breast-cancer-screening", 2, "--store", DEMO, *arguments)
    assert done.code == 0, done.errors
    return done.output.decode("utf-8")


def test_hugging_face_reads_the_front_matter(sextant):
    card = front_matter(export(sextant, "--as", "markdown"))
    assert card["library_name"] == "sklearn"
    (entry,) = card["model-index"]
    assert entry["name"] == "breast-cancer-screening"
    for result in entry["results"]:  # all that huggingface_hub's model_index_to_eval_results takes from it
        assert result["task"]["type"] and result["dataset"]["type"] and result["dataset"]["name"]
        assert {metric["type"] for metric in result["metrics"]} >= {"roc_auc", "brier"}
        assert all(isinstance(metric["value"], float) for metric in result["metrics"])


def test_what_people_write_stays_a_text(sextant, tmp_path):
    hostile = 'a: b\n---\n- "c" #d \x07 é 🙂 \u2028 {x}'
    done = sextant.run("cards", "edit", "breast-cancer-screening", 2, "--store", DEMO, "--set",
                       f"hub.library_name={hostile}", "--set", "hub.tags=yes", "--set", "hub.tags=no: on")
    assert done.code == 0, done.errors
    assert done.json()["hub"]["library_name"] == hostile

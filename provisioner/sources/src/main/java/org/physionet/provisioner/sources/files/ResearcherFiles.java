package org.physionet.provisioner.sources.files;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.physionet.provisioner.engine.model.Counted;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.TrainingTypeId;
import org.physionet.provisioner.engine.source.Snapshot.BadRow;
import org.physionet.provisioner.engine.source.Snapshot.Freeze;

/**
 * Reads all researchers. A line that says who it is about but not all of it properly freezes that person; a line that
 * does not say who it is about refuses the whole, since nobody may be taken for gone because of it.
 */
final class ResearcherFiles {
    private final Set<DatasetId> datasets;
    private final Set<TrainingTypeId> trainings;
    private final Map<ResearcherId, Researcher> people = new TreeMap<>();
    private final Map<ResearcherId, Line> lines = new HashMap<>();
    private final Map<String, ResearcherId> usernames = new HashMap<>();
    private final List<BadRow> badRows = new ArrayList<>();
    private final Map<ResearcherId, Freeze> freezes = new LinkedHashMap<>();
    private final Map<String, Integer> strangers = new TreeMap<>();

    private record Line(String file, int number) {}

    ResearcherFiles(Set<DatasetId> datasets, Set<TrainingTypeId> trainings) {
        this.datasets = datasets;
        this.trainings = trainings;
    }

    /** @throws FileFailure if the file can not be read to its end, or a line names nobody */
    void read(SiteFile file) throws IOException {
        file.lines((number, text) -> take(new Line(file.name(), number), text));
    }

    /** In the order of their ids; frozen ones with what could be read of them. */
    Map<ResearcherId, Researcher> people() {
        return people;
    }

    List<BadRow> badRows() {
        return badRows;
    }

    List<Freeze> freezes() {
        return List.copyOf(freezes.values());
    }

    List<String> notes() {
        return strangers.entrySet().stream()
                .map(e -> e.getKey() + " is named by " + Counted.of(e.getValue(), "line")
                        + " of researchers and described nowhere.")
                .toList();
    }

    private void take(Line line, String text) throws FileFailure {
        JsonNode node = JsonLine.parse(line.file(), line.number(), text);
        ResearcherId id = id(line, node);
        Researcher person =
                ResearcherReader.read(id, Fields.of(node, "", (path, problem) -> bad(line, id, path, problem)));
        Line before = lines.putIfAbsent(id, line);
        if (before != null) {
            bad(line, id, "id", "expected each researcher once, found " + id + " also at " + text(before));
            bad(before, id, "id", "expected each researcher once, found " + id + " also at " + text(line));
            return;
        }
        people.put(id, person);
        checkUsername(line, person);
        noteStrangers(person);
    }

    private static ResearcherId id(Line line, JsonNode node) throws FileFailure {
        JsonNode id = node.get("id");
        if (id == null || !id.isTextual()) {
            throw FileFailure.at(
                    line.file(), line.number(), "expected an object with a text \"id\", found none; it names nobody");
        }
        try {
            return new ResearcherId(id.textValue());
        } catch (IllegalArgumentException e) {
            throw FileFailure.at(line.file(), line.number(), "id: " + e.getMessage());
        }
    }

    private void checkUsername(Line line, Researcher person) {
        ResearcherId other = usernames.putIfAbsent(person.username(), person.id());
        if (other != null) {
            Line before = lines.getOrDefault(other, line);
            String problem = "expected each username once, found \"" + person.username() + "\" also at ";
            bad(line, person.id(), "username", problem + text(before));
            bad(before, other, "username", problem + text(line));
        }
    }

    /** A dataset that is described no longer must not freeze everybody who ever signed for it: no pair depends on it. */
    private void noteStrangers(Researcher person) {
        Set<String> named = new TreeSet<>();
        person.agreements().stream()
                .filter(a -> !datasets.contains(a.dataset()))
                .forEach(a -> named.add("Dataset " + a.dataset()));
        person.approvals().stream()
                .filter(a -> !datasets.contains(a.dataset()))
                .forEach(a -> named.add("Dataset " + a.dataset()));
        person.certificates().stream()
                .filter(c -> !trainings.contains(c.type()))
                .forEach(c -> named.add("Training " + c.type()));
        named.forEach(name -> strangers.merge(name, 1, Integer::sum));
    }

    private void bad(Line line, ResearcherId id, String path, String problem) {
        BadRow row = new BadRow(line.file(), "line " + line.number(), path, problem);
        badRows.add(row);
        freezes.putIfAbsent(id, new Freeze(id, null, null, row.toString()));
    }

    private static String text(Line line) {
        return line.file() + ":" + line.number();
    }
}

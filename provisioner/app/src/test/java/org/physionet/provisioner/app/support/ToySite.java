package org.physionet.provisioner.app.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.physionet.provisioner.app.toy.ToyWorld;
import org.physionet.provisioner.engine.model.ResourceId;

/** A small site of the files source on the toy cloud: people with library cards, one restricted dataset on one shelf. */
public final class ToySite {
    public static final ResourceId SHELF = new ResourceId("shelf://main/notes");

    private final Path folder;
    private final ToyWorld world;
    private final List<String> people = new ArrayList<>();

    public ToySite(Path folder) {
        this.folder = folder;
        String library = folder.toString(); // unique: worlds live as long as the test process
        this.world = ToyWorld.named(library);
        write("provisioner.yaml", "source: {type: files, path: people}\ntoy: {library: \"" + library + "\"}\n");
        write("catalog.yaml", "datasets:\n  - id: notes/1.0\n    resources:\n      - shelf: main/notes\n");
        write("people/datasets.yaml", "datasets:\n  - {id: notes/1.0, title: Notes, policy: restricted}\n");
        write("people/researchers.ndjson", "");
    }

    public ToyWorld world() {
        return world;
    }

    /** Somebody with card number {@code id}. */
    public ToySite person(int id, String username, boolean signed) {
        String agreements = signed ? "{\"dataset\":\"notes/1.0\",\"signedAt\":\"2026-01-01T00:00:00Z\"}" : "";
        people.add(
                "{\"id\":\"%d\",\"username\":\"%s\",\"active\":true,\"credentialed\":false,\"emails\":[\"%s@example.org\"],"
                                .formatted(id, username, username)
                        + "\"certificates\":[],\"agreements\":[%s],\"approvals\":[],\"accounts\":[{\"kind\":\"card\",\"id\":\"%d\"}]}"
                                .formatted(agreements, id));
        save();
        return this;
    }

    /** Replaces the line of a person; an empty one removes them. */
    public void edit(String username, java.util.function.UnaryOperator<String> change) {
        people.replaceAll(line -> line.contains("\"" + username + "\"") ? change.apply(line) : line);
        people.removeIf(String::isEmpty);
        save();
    }

    private void save() {
        write("people/researchers.ndjson", String.join("\n", people) + (people.isEmpty() ? "" : "\n"));
    }

    public ToySite write(String name, String content) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Program.Result run(String... args) {
        return new Program(folder).run(args);
    }

    public SortedSet<String> readers() {
        return world.readers(SHELF);
    }

    /** @param location of another shelf, as the catalog names it */
    public SortedSet<String> readers(String location) {
        return world.readers(new ResourceId("shelf://" + location));
    }

    public void letIn(String card) {
        SortedSet<String> readers = new TreeSet<>(readers());
        readers.add(card);
        world.set(SHELF, readers);
    }
}

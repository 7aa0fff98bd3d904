package org.physionet.provisioner.app.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.lookup.Directory;
import org.physionet.provisioner.engine.model.ResearcherId;

/** The people whom a command is about: one, or those of a file. */
final class People {
    private People() {}

    /** @param line where the person was named; null: on the command line */
    record Named(ResearcherId id, LineFile.@Nullable Line line) {
        /** Adds file and line to what is wrong. */
        <T> T guarded(Supplier<T> action) {
            try {
                return action.get();
            } catch (UsageError e) {
                throw line == null ? e : line.wrong(e);
            }
        }
    }

    static Named one(Directory directory, String text) {
        return new Named(directory.find(text), null);
    }

    /** All of them, or none: what is wrong is reported for every line at once. */
    static List<Named> from(Directory directory, Path file) {
        List<Named> people = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (LineFile.Line line : LineFile.read(file)) {
            try {
                Named named = new Named(directory.find(line.text()), line);
                if (people.stream().noneMatch(p -> p.id().equals(named.id()))) {
                    people.add(named);
                }
            } catch (UsageError e) {
                problems.addAll(line.wrong(e).problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new UsageError(problems);
        }
        return people;
    }
}

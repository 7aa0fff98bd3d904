package org.physionet.provisioner.audit.logs;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds log files: files, folders with all that is below them, and globs ({@code *}, {@code **}, {@code ?}, {@code {a,b}}). */
public final class LogFiles {
    private LogFiles() {}

    /**
     * @param folder what relative names are relative to
     * @return in order of their names, each once; hidden files in folders are left out
     * @throws NothingThere if a name leads to no file
     */
    public static SortedSet<Path> find(List<String> names, Path folder) throws IOException {
        SortedSet<Path> found = new TreeSet<>();
        for (String name : names) {
            int before = found.size();
            Path path = folder.resolve(name).normalize();
            if (name.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0) && !Files.exists(path)) {
                Path base = fixedPart(path);
                PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + path);
                below(base, matcher::matches, found);
            } else if (Files.isDirectory(path)) {
                below(path, file -> !hidden(path.relativize(file)), found);
            } else if (Files.isRegularFile(path)) {
                found.add(path);
            }
            if (found.size() == before && !found.contains(path)) {
                throw new NothingThere(name);
            }
        }
        return found;
    }

    private static void below(Path base, Predicate<Path> wanted, SortedSet<Path> found) throws IOException {
        if (!Files.isDirectory(base)) {
            return;
        }
        try (Stream<Path> files = Files.walk(base)) {
            files.filter(Files::isRegularFile).filter(wanted).forEach(found::add);
        }
    }

    private static boolean hidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    /** The folders before the first pattern. */
    private static Path fixedPart(Path pattern) {
        Path base = pattern.getRoot();
        for (Path part : pattern) {
            if (part.toString().chars().anyMatch(c -> "*?[{".indexOf(c) >= 0)) {
                break;
            }
            base = base == null ? part : base.resolve(part);
        }
        return base == null ? Path.of("") : base;
    }

    /** A name that leads to no file. */
    public static final class NothingThere extends IOException {
        private static final long serialVersionUID = 1;

        NothingThere(String name) {
            super(name);
        }
    }
}

package org.physionet.provisioner.sources.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which files of a folder are read; others are left alone.
 *
 * @param researchers at least one
 * @param trainings null: they are in the file of datasets
 * @param manifest null: nothing is checked
 */
record SiteFolder(
        List<SiteFile> researchers,
        SiteFile datasets,
        @Nullable SiteFile trainings,
        @Nullable SiteFile manifest) {
    private static final Pattern RESEARCHERS = Pattern.compile("researchers[^/]*\\.ndjson(\\.gz)?");
    private static final Pattern DATASETS = Pattern.compile("datasets\\.(ya?ml|ndjson)(\\.gz)?");
    private static final Pattern TRAININGS = Pattern.compile("trainings\\.ya?ml(\\.gz)?");
    private static final Pattern MANIFEST = Pattern.compile("manifest\\.ya?ml");

    static SiteFolder find(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new FileFailure("expected a folder, found " + (Files.exists(folder) ? "a file" : "nothing"));
        }
        List<Path> all;
        try (Stream<Path> entries = Files.list(folder)) {
            all = entries.filter(Files::isRegularFile).sorted().toList();
        }
        List<SiteFile> researchers = matching(all, RESEARCHERS);
        if (researchers.isEmpty()) {
            throw new FileFailure("expected researchers.ndjson or researchers.ndjson.gz, found none");
        }
        for (SiteFile file : researchers) {
            if (researchers.stream().anyMatch(f -> f.name().equals(file.name() + ".gz"))) {
                throw new FileFailure("expected one of " + file.name() + " and " + file.name() + ".gz, found both");
            }
        }
        SiteFile datasets = only(matching(all, DATASETS), "datasets.yaml, datasets.yml or datasets.ndjson");
        if (datasets == null) {
            throw new FileFailure("expected datasets.yaml, datasets.yml or datasets.ndjson, found none");
        }
        return new SiteFolder(
                researchers,
                datasets,
                only(matching(all, TRAININGS), "trainings.yaml"),
                only(matching(all, MANIFEST), "manifest.yaml"));
    }

    private static List<SiteFile> matching(List<Path> all, Pattern name) {
        return all.stream()
                .filter(p -> name.matcher(String.valueOf(p.getFileName())).matches())
                .map(SiteFile::new)
                .toList();
    }

    private static @Nullable SiteFile only(List<SiteFile> found, String what) throws FileFailure {
        if (found.size() > 1) {
            throw new FileFailure("expected one " + what + ", found "
                    + String.join(" and ", found.stream().map(SiteFile::name).toList()));
        }
        return found.isEmpty() ? null : found.getFirst();
    }
}

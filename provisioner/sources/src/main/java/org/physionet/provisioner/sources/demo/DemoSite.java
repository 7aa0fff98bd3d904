package org.physionet.provisioner.sources.demo;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Twelve fictional people and eight datasets in which every reason for a "no" occurs, but for {@code blocked}, which
 * takes a hold. Terms are long enough that the decisions are the same until the year 2036.
 */
public final class DemoSite {
    /** The files, each in the class path under {@code /demo-site/}. */
    public static final List<String> FILES = List.of("datasets.yaml", "researchers.ndjson");

    private DemoSite() {}

    /**
     * Writes the site's files into a folder, to be read by {@code source.type: files} and to be edited.
     *
     * @param folder made if it is not there
     * @throws java.nio.file.FileAlreadyExistsException if one of the files is there already; it is left as it is
     */
    public static void copyTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String file : FILES) {
            try (InputStream content = DemoSite.class.getResourceAsStream("/demo-site/" + file)) {
                if (content == null) {
                    throw new FileNotFoundException("/demo-site/" + file + " in the class path");
                }
                Files.copy(content, folder.resolve(file));
            }
        }
    }
}

package org.physionet.provisioner.store.sql;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;

/**
 * SQLite's native library as the build unpacked it beside our jar. Else the driver unpacks it at each start, and starts
 * processes to find out which: 0.08 s. Where ours does not fit the machine, the driver falls back to that by itself.
 */
final class NativeLibrary {
    private static final String PLACE = "org.sqlite.lib.path";

    private NativeLibrary() {}

    /** Names it to the driver, which looks once, when its first connection is made. An operator's own choice stands. */
    static void prefer() {
        CodeSource own = NativeLibrary.class.getProtectionDomain().getCodeSource();
        if (own == null || System.getProperty(PLACE) != null) {
            return;
        }
        try {
            Path folder = Path.of(own.getLocation().toURI()).resolveSibling("native/org/sqlite/native/" + machine());
            if (Files.isDirectory(folder)) {
                System.setProperty(PLACE, folder.toString());
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the place of our own code is no path", e);
        }
    }

    private static String machine() {
        String system = System.getProperty("os.name").startsWith("Mac") ? "Mac" : System.getProperty("os.name");
        String processor = System.getProperty("os.arch");
        return system + "/" + (processor.equals("amd64") ? "x86_64" : processor);
    }
}

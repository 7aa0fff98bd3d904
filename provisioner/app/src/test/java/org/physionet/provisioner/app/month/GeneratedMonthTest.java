package org.physionet.provisioner.app.month;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short version; {@code scripts/month} has the long one. */
class GeneratedMonthTest {
    @TempDir
    Path folder;

    @Test
    void whatWasPlantedInAMonthOfLogsIsFoundAndNothingElseHoweverTheLogsAreDelivered() throws Exception {
        new GeneratedMonth(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .show(folder, 120);
    }
}

package org.physionet.provisioner.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ClosedPipeTest {
    private static PrintStream failing(String how) {
        return new PrintStream(
                new ClosablePipe(new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException(how);
                    }
                }),
                true);
    }

    @Test
    void aReaderThatWentAwayEndsTheCommandQuietly() {
        assertThatThrownBy(() -> failing("Broken pipe").print("x")).isInstanceOf(ClosablePipe.ClosedPipe.class);
        Surroundings surroundings = new Surroundings(
                java.util.Map.of(),
                java.nio.file.Path.of("/"),
                System.in,
                failing("Broken pipe"),
                System.err,
                Terminal.NONE,
                java.time.InstantSource.system(),
                d -> {});
        assertThat(org.physionet.provisioner.app.Main.execute(java.util.List.of("--version"), surroundings))
                .isEqualTo(141);
    }

    @Test
    void aFullDiskIsNoSuccess() {
        assertThatThrownBy(() -> failing("No space left on device").print("x"))
                .isInstanceOf(WorkFailed.class)
                .hasMessageContaining("No space left");
    }
}

package org.physionet.provisioner.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files are read up to a size, and no further. */
class BoundedTest {
    @TempDir
    Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("file"), content);
    }

    private static void refuses(ThrowingCallable reading, String why) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        IOException.class, e -> assertThat(Unreadable.why(e)).isEqualTo(why));
    }

    @Test
    void whatIsAsLargeAsAllowedIsRead() throws IOException {
        assertThat(Bounded.text(file("é12"), 4)).isEqualTo("é12");
        assertThat(Bounded.lines(file("ab\r\n\nc"), 6, 3)).containsExactly("ab", "", "c");
        assertThat(Bounded.lines(file("ab\n"), 3, 2)).containsExactly("ab");
        assertThat(Bounded.lines(file(""), 3, 2)).isEmpty();
    }

    @Test
    void whatIsLargerIsRefused() throws IOException {
        refuses(() -> Bounded.bytes(file("12345"), 4), "it is larger than 4 bytes");
        refuses(() -> Bounded.lines(file("12\n45"), 4, 3), "it is larger than 4 bytes");
        refuses(() -> Bounded.lines(file("12\n4567"), 10, 3), "line 2 is longer than 3 bytes");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatHasNoSizeIsRefusedOnceSoMuchWasRead() {
        Path endless = Path.of("/dev/zero");
        refuses(() -> Bounded.bytes(endless, 4096), "it is larger than 4 KiB");
        refuses(() -> Bounded.lines(endless, 1 << 21, 1 << 20), "line 1 is longer than 1 MiB");
        refuses(() -> Bounded.lines(endless, 1 << 20, 1 << 21), "it is larger than 1 MiB");
    }

    @Test
    void bytesThatAreNoTextAreNotTakenForSome() throws IOException {
        Path bytes = Files.write(folder.resolve("bytes"), new byte[] {(byte) 0xc3, 0x28});
        assertThatThrownBy(() -> Bounded.text(bytes, 9)).isInstanceOf(CharacterCodingException.class);
        assertThatThrownBy(() -> Bounded.lines(bytes, 9, 9)).isInstanceOf(CharacterCodingException.class);
    }
}

package org.physionet.provisioner.app.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WrappingTest {
    @Test
    void breaksAtSpacesThenSeparatorsThenAnywhere() {
        assertThat(Wrapping.lines("one two three", 7)).isEqualTo(List.of("one two", "three"));
        assertThat(Wrapping.lines("s3://bucket/mimiciv/3.1/", 14)).isEqualTo(List.of("s3://bucket/", "mimiciv/3.1/"));
        assertThat(Wrapping.lines("abcdefgh", 3)).isEqualTo(List.of("abc", "def", "gh"));
        assertThat(Wrapping.lines("", 3)).isEqualTo(List.of(""));
    }

    @Test
    void losesNoCharacterAndExceedsNoWidth() {
        String text = "principal user:ada.lovelace@gmail.com at gs://mimiciv-3.1.physionet.org 漢字漢字漢字";
        for (int width = 2; width < 60; width++) {
            int limit = width;
            List<String> lines = Wrapping.lines(text, width);
            assertThat(lines).allSatisfy(l -> assertThat(Visible.width(l)).isLessThanOrEqualTo(limit));
            assertThat(String.join("", lines).replace(" ", "")).isEqualTo(text.replace(" ", ""));
        }
    }
}

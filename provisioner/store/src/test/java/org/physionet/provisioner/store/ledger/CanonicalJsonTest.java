package org.physionet.provisioner.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
    @Test
    void keys_are_sorted_by_utf_16_units_and_nothing_is_between_tokens() {
        // The sorting sample of RFC 8785, 3.2.3.
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("\u20ac", "Euro Sign");
        object.put("\r", "Carriage Return");
        object.put("\ufb33", "Hebrew Letter Dalet With Dagesh");
        object.put("1", "One");
        object.put("\ud83d\ude00", "Emoji: Grinning Face");
        object.put("\u0080", "Control");
        object.put("\u00f6", "Latin Small Letter O With Diaeresis");
        assertThat(CanonicalJson.of(object))
                .isEqualTo("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                        + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
                        + "\"\ud83d\ude00\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    @Test
    void only_what_must_be_escaped_is() {
        // The string sample of RFC 8785, 3.2.2.2.
        assertThat(CanonicalJson.of("\u20ac$\u000f\nA'B\"\\\\\"/"))
                .isEqualTo("\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"");
    }

    @Test
    void values_of_each_type_have_one_spelling() {
        assertThat(CanonicalJson.of(Arrays.asList(
                        1, -2L, true, null, Instant.parse("2026-11-22T12:00:00.120Z"), List.of(), Map.of())))
                .isEqualTo("[1,-2,true,null,\"2026-11-22T12:00:00.120Z\",[],{}]");
    }

    @Test
    void what_other_readers_would_round_is_refused() {
        assertThatThrownBy(() -> CanonicalJson.of(1L << 53)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CanonicalJson.of(0.5)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void any_text_reads_back_as_it_was_property() throws Exception {
        Random random = new Random(7);
        ObjectMapper reader = new ObjectMapper();
        for (int i = 0; i < 2_000; i++) {
            String text = random.ints(random.nextInt(20), 0, 0x2000)
                    .filter(c -> !Character.isSurrogate((char) c))
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            assertThat(reader.readTree(CanonicalJson.of(Map.of("k", text)))
                            .get("k")
                            .asText())
                    .isEqualTo(text);
        }
    }
}

package org.physionet.provisioner.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3ResourceKindTest {
    private final S3ResourceKind kind = new S3ResourceKind();

    @ParameterizedTest
    @ValueSource(strings = {"physionet-controlled/mimiciv/3.1/", "mimic-bucket/", "a.b-c/x_y/(z)!/", "abc/a@b/"})
    void locationHasOneForm(String location) {
        assertThat(kind.parse(location).text()).isEqualTo("s3://" + location);
        assertThat(kind.parse("s3://" + location)).isEqualTo(kind.parse(location));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "mimic-bucket, 'write \"mimic-bucket/\"'",
        "physionet-controlled/mimiciv/3.1, 'write \"mimiciv/3.1/\"'",
        "physionet-controlled/mimiciv//3.1/, single slashes",
        "physionet-controlled//, single slashes",
        "physionet-controlled/../x/, single slashes",
        "physionet-controlled/mimic*/, mimic*",
        "physionet-controlled/mim?c/, mim?c",
        "physionet-controlled/${aws:username}/, ${aws:username}",
        "Upper/x/, S3 bucket",
        "ab/x/, S3 bucket",
        "192.168.1.1/x/, S3 bucket",
        "a..b/x/, S3 bucket",
        "xn--abc/x/, S3 bucket",
        "pn-abc-s3alias/x/, S3 bucket",
        "-abc/x/, S3 bucket",
    })
    void whatS3OrAPolicyWouldReadOtherwiseIsRefused(String location, String why) {
        assertThatThrownBy(() -> kind.parse(location))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void layoutAndItsKeysAreChecked() {
        kind.check("access-points", Map.of());
        kind.check("access-points", Map.of("form", "condition"));
        assertThatThrownBy(() -> kind.check("access-points", Map.of("form", "arn")))
                .hasMessageContaining("form: expected");
        kind.check("bucket-policy", Map.of("roles", "true", "accounts", "true"));
        assertThatThrownBy(() -> kind.check("access-grants", Map.of("accounts", "true")))
                .hasMessageContaining("accounts");
        assertThatThrownBy(() -> kind.check("access-points", Map.of("accounts", "yes")))
                .hasMessageContaining("found \"yes\"");
        assertThatThrownBy(() -> kind.check("access-points", Map.of("form", "account")))
                .hasMessageContaining("accounts: true");
        assertThatThrownBy(() -> kind.check("members", Map.of())).hasMessageContaining("found \"members\"");
        assertThatThrownBy(() -> kind.check("access-points", Map.of("group", "g")))
                .hasMessageContaining("group");
    }
}

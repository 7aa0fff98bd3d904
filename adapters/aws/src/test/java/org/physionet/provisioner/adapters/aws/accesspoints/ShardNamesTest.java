package org.physionet.provisioner.adapters.aws.accesspoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.physionet.provisioner.adapters.aws.S3Location;

class ShardNamesTest {
    private final ShardNames names = new ShardNames("pn", S3Location.parse("physionet-controlled/secret-study/1.0/"));

    @Test
    void namesTellNothingAboutTheDataset() {
        assertThat(names.name(1))
                .matches("pn-[0-9a-v]{13}-01")
                .doesNotContain("secret")
                .doesNotContain("study");
    }

    @Test
    void longestPrefixAndHighestNumberStayWithinFiftyCharacters() {
        ShardNames longest = new ShardNames("p".repeat(ShardNames.LONGEST_PREFIX), S3Location.parse("bucket/a/"));

        assertThat(longest.name(99_999)).hasSizeLessThanOrEqualTo(50);
        assertThat(longest.number(longest.name(99_999))).hasValue(99_999);
    }

    @Test
    void resourcesDifferInEveryName() {
        ShardNames other = new ShardNames("pn", S3Location.parse("physionet-controlled/secret-study/1.0.1/"));

        assertThat(other.owns(names.name(1))).isFalse();
        assertThat(names.owns(names.name(1))).isTrue();
    }

    @Test
    void hundredthShardComesAfterTheNinetyNinth() {
        assertThat(names.order().compare(names.name(99), names.name(100))).isNegative();
    }

    @Test
    void prefixThatCanNotBeginANameIsRefused() {
        assertThatThrownBy(() -> ShardNames.requirePrefix("Pn_")).hasMessageContaining("found \"Pn_\"");
        assertThatThrownBy(() -> ShardNames.requirePrefix("-pn")).hasMessageContaining("-pn");
        assertThatThrownBy(() -> ShardNames.requirePrefix("p".repeat(31))).hasMessageContaining("1 to 30");
    }
}

package org.physionet.provisioner.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.store.Sample.ADA;
import static org.physionet.provisioner.store.Sample.ADA_GOOGLE;
import static org.physionet.provisioner.store.Sample.BOB;
import static org.physionet.provisioner.store.Sample.minutes;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.physionet.provisioner.engine.store.Challenge;

@ParameterizedClass
@EnumSource(Backend.class)
class ChallengeTest {
    private static final Challenge FIRST = new Challenge(ADA, "aws", "n-1", minutes(0));
    private static final Challenge SECOND = new Challenge(ADA, "aws", "n-2", minutes(1));

    @Parameter
    Backend backend;

    private SqlStore store;

    @BeforeEach
    void begin() {
        store = backend.open();
        Sample.begin(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void the_latest_challenge_of_a_person_at_a_provider_is_the_open_one() {
        store.challenge(FIRST, "admin");
        store.challenge(SECOND, "admin");
        assertThat(store.challengeOf(ADA, "aws")).contains(SECOND);
        assertThat(store.challengeOf(ADA, "gcp")).isEmpty();
        assertThat(store.challengeOf(BOB, "aws")).isEmpty();
        assertThat(store.spend(FIRST, ADA_GOOGLE, "admin", minutes(2)))
                .as("taken over by the second")
                .isFalse();
    }

    @Test
    void a_challenge_is_good_for_one_attempt_whatever_came_of_it() {
        store.challenge(FIRST, "admin");
        assertThat(store.spend(FIRST, null, "admin", minutes(2))).isTrue();
        assertThat(store.challengeOf(ADA, "aws")).isEmpty();
        assertThat(store.spend(FIRST, ADA_GOOGLE, "admin", minutes(3))).isFalse();
        assertThat(Sample.types(store)).contains("challenged", "proof_refused").doesNotContain("identity_proven");
    }

    @Test
    void the_ledger_tells_who_was_proven_and_never_the_nonce() {
        store.challenge(FIRST, "admin");
        assertThat(store.spend(FIRST, ADA_GOOGLE, "admin", minutes(2))).isTrue();
        assertThat(Sample.types(store)).contains("identity_proven");
        assertThat(store.answers()
                        .events(new org.physionet.provisioner.engine.store.AccessQueries.EventFilter(
                                null, null, null, null, null, 1, 100)))
                .noneMatch(event ->
                        event.readable().contains("n-1") || event.payload().contains("n-1"));
    }
}

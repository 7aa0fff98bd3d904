package org.physionet.provisioner.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;

/** What goes wrong is called by its name, once, and what is not known to have happened is not said to have. */
public interface FailureContract {
    Bench bench();

    private Write grant(Resource resource, CloudAccount... accounts) {
        return bench().only(bench().render(resource, bench().observe(resource), accounts));
    }

    @Test
    default void aRefusedPrincipalIsRejectedAndNothingOfItsWriteIsInForce() {
        Resource resource = bench().world().newResource();
        bench().make(resource, bench().person(0));
        CloudAccount stranger = bench().world().stranger(1);
        Observation seen = bench().observe(resource);
        SortedSet<Principal> in = bench().owned(resource);

        for (Write write : bench().render(
                        resource, seen, bench().person(0), bench().person(1), bench().person(2), stranger)
                .writes()) {
            Outcome outcome = bench().adapter().write(resource, write);
            if (write.grants().contains(bench().principal(stranger))) {
                assertThat(outcome).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
                    assertThat(bench().principals(stranger)).containsAll(rejected.culprits());
                    assertThat(rejected.reason()).isNotBlank();
                });
            } else {
                assertThat(outcome).isInstanceOf(Outcome.Success.class);
                in.addAll(write.grants());
            }
        }

        assertThat(bench().owned(resource)).isEqualTo(in);
        assertThat(bench().world().canRead(resource, bench().person(1)))
                .isEqualTo(in.contains(bench().principal(bench().person(1))));
    }

    @Test
    default void withoutTheRefusedPrincipalTheSameReadIsEnoughForTheOthers() {
        Resource resource = bench().world().newResource();
        Observation seen = bench().observe(resource);
        List<Write> bad = bench().render(
                        resource, seen, bench().person(1), bench().world().stranger(1))
                .writes();
        Write good = bench().only(bench().render(resource, seen, bench().person(1)));

        bad.forEach(write -> bench().adapter().write(resource, write));
        Outcome outcome = bench().adapter().write(resource, good);

        assertThat(outcome).isInstanceOf(Outcome.Success.class);
        assertThat(bench().owned(resource)).isEqualTo(bench().principals(bench().person(1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503})
    default void anErrorThoughTheWriteWasDoneIsUnknownAndTheNextReadShowsIt(int status) {
        Resource resource = bench().world().newResource();
        Write write = grant(resource, bench().person(1));
        bench().world().trouble(bench().world().writeMethod(), Trouble.answerThoughDone(status));

        Outcome outcome = bench().adapter().write(resource, write);

        assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
        assertThat(bench().owned(resource)).isEqualTo(bench().principals(bench().person(1)));
        assertThat(bench().render(resource, bench().observe(resource), bench().person(1))
                        .writes())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    default void aLostAnswerToAWriteIsUnknown(boolean done) {
        Resource resource = bench().world().newResource();
        Write write = grant(resource, bench().person(1));
        bench().forgetCalls();
        bench().world().trouble(bench().world().writeMethod(), done ? Trouble.resetThoughDone() : Trouble.reset());

        Outcome outcome = bench().adapter().write(resource, write);

        assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
        assertThat(bench().arrived(bench().world().writeMethod())).isEqualTo(1);
        assertThat(bench().world().canRead(resource, bench().person(1))).isEqualTo(done);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503})
    default void aWriteThatFailsIsSentExactlyOnce(int status) {
        Resource resource = bench().world().newResource();
        Write write = grant(resource, bench().person(1));
        bench().forgetCalls();
        bench().world().trouble(bench().world().writeMethod(), Trouble.answer(status));

        Outcome outcome = bench().adapter().write(resource, write);

        assertThat(bench().arrived(bench().world().writeMethod())).isEqualTo(1);
        assertThat(bench().world().canRead(resource, bench().person(1))).isFalse();
        assertThat(outcome).isInstanceOfAny(Outcome.Unknown.class, Outcome.Unavailable.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 0})
    default void aReadThatFailsIsSentExactlyOnceAndSaysWhy(int status) {
        Resource resource = bench().world().newResource();
        bench().observe(resource);
        bench().forgetCalls();
        bench().world().trouble(bench().world().readMethod(), status == 0 ? Trouble.reset() : Trouble.answer(status));

        Outcome.Failure failure = bench().failureToObserve(resource);

        assertThat(bench().arrived(bench().world().readMethod())).isEqualTo(1);
        assertThat(failure).isInstanceOf(Outcome.Unavailable.class);
    }

    @Test
    default void rightsThatWeLackAreDenied() {
        Resource resource = bench().world().newResource();
        Write write = grant(resource, bench().person(1));
        bench().world().trouble(bench().world().writeMethod(), bench().world().forbidden());

        assertThat(bench().adapter().write(resource, write)).isInstanceOf(Outcome.Denied.class);

        bench().world().trouble(bench().world().readMethod(), bench().world().forbidden());
        assertThat(bench().failureToObserve(resource)).isInstanceOf(Outcome.Denied.class);
    }

    @Test
    default void tooManyCallsAreThrottledAndNothingIsWritten() {
        Resource resource = bench().world().newResource();
        Write write = grant(resource, bench().person(1));
        bench().forgetCalls();
        bench().world().trouble(bench().world().writeMethod(), bench().world().tooFast());

        assertThat(bench().adapter().write(resource, write)).isInstanceOf(Outcome.Throttled.class);
        assertThat(bench().arrived(bench().world().writeMethod())).isEqualTo(1);
        assertThat(bench().world().canRead(resource, bench().person(1))).isFalse();

        bench().world().trouble(bench().world().readMethod(), bench().world().tooFast());
        assertThat(bench().failureToObserve(resource)).isInstanceOf(Outcome.Throttled.class);
    }

    @Test
    default void aResourceThatDoesNotExistIsDenied() {
        assertThat(bench().failureToObserve(bench().world().missingResource())).isInstanceOf(Outcome.Denied.class);
    }
}

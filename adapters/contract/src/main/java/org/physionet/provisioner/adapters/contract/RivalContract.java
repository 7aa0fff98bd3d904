package org.physionet.provisioner.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;

/** Somebody else edits at the same moment: refused where the provider has a token, visible in the next read everywhere. */
public interface RivalContract {
    Bench bench();

    private boolean compareAndSwap() {
        return bench().world().refusesStaleWrites(bench().adapter().capabilities());
    }

    @Test
    default void aStaleWriteIsAConflictWhereTheDeclarationSaysSo() {
        Resource resource = bench().world().newResource();
        bench().make(resource, bench().person(0));
        Write stale =
                bench().only(bench().render(resource, bench().observe(resource), bench().person(0), bench().person(1)));
        bench().world().rivalAddsPerson(resource, bench().person(2));

        Outcome outcome = bench().adapter().write(resource, stale);

        if (compareAndSwap()) {
            assertThat(outcome).isInstanceOf(Outcome.Conflict.class);
            assertThat(bench().owned(resource)).isEqualTo(bench().principals(bench().person(0), bench().person(2)));
            assertThat(bench().world().canRead(resource, bench().person(1))).isFalse();
        } else {
            assertThat(outcome).isInstanceOf(Outcome.Success.class);
        }
    }

    @Test
    default void afterARivalTheNextReadTellsWhoCanRead() {
        Resource resource = bench().world().newResource();
        Write stale = bench().only(bench().render(resource, bench().observe(resource), bench().person(1)));
        bench().world().rivalAddsPerson(resource, bench().person(2));
        bench().adapter().write(resource, stale);

        SortedSet<Principal> readers = new TreeSet<>();
        for (int i = 0; i < 4; i++) {
            if (bench().world().canRead(resource, bench().person(i))) {
                readers.add(bench().principal(bench().person(i)));
            }
        }
        assertThat(bench().owned(resource)).isEqualTo(readers);
    }

    @Test
    default void readingAndPlanningAgainAfterARivalFinishesTheJob() {
        Resource resource = bench().world().newResource();
        Write stale = bench().only(bench().render(resource, bench().observe(resource), bench().person(1)));
        bench().world().rivalAddsPerson(resource, bench().person(2));
        bench().adapter().write(resource, stale);

        bench().make(resource, bench().person(1));

        assertThat(bench().owned(resource)).isEqualTo(bench().principals(bench().person(1)));
        assertThat(bench().world().canRead(resource, bench().person(1))).isTrue();
        assertThat(bench().world().canRead(resource, bench().person(2))).isFalse();
    }

    @Test
    default void aForeignEntryAddedBetweenReadAndWriteSurvivesWhereTheProviderHasAToken() {
        Resource resource = bench().world().newResource();
        Observation seen = bench().observe(resource);
        bench().world().rivalAddsForeign(resource);

        for (Write write : bench().render(resource, seen, bench().person(1)).writes()) {
            bench().adapter().write(resource, write);
        }
        bench().make(resource, bench().person(1));

        if (compareAndSwap()) {
            assertThat(bench().world().hasForeign(resource)).isTrue();
        }
        assertThat(bench().owned(resource)).isEqualTo(bench().principals(bench().person(1)));
    }

    @Test
    default void oneAdapterWorksOnManyResourcesAtOnce() throws Exception {
        List<Resource> resources = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            resources.add(bench().world().newResource());
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Void>> jobs = new ArrayList<>();
            for (Resource resource : resources) {
                jobs.add(() -> {
                    bench().make(resource, bench().people(3));
                    bench().make(resource, bench().person(2));
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(jobs)) {
                done.get();
            }
        }
        assertThat(resources)
                .allSatisfy(resource ->
                        assertThat(bench().owned(resource)).isEqualTo(bench().principals(bench().person(2))));
    }
}

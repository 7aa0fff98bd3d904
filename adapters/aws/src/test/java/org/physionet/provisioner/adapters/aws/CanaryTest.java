package org.physionet.provisioner.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.physionet.provisioner.adapters.contract.ContractWorld;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.CallListener;
import org.physionet.provisioner.engine.adapter.Canary;
import org.physionet.provisioner.engine.adapter.Canary.Reading;
import org.physionet.provisioner.engine.adapter.LiveEdge;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.settings.Settings;

/** The canary reads as a researcher does: refused without a place in the policy, allowed with one, refused again after. */
class CanaryTest {
    private static final int BIRD = 7;
    private static final Map<String, String> SETTINGS = Map.of(
            "canary.principal", SimulatedAws.id(BIRD),
            "canary.accessKey", "AKIA%016d".formatted(BIRD),
            "canary.secretKey", "secret-of-" + BIRD);

    @ParameterizedTest
    @ValueSource(strings = {"access-points", "bucket-policy", "access-grants"})
    void grantAndRevocationAreSeenByReading(String layout) {
        try (ContractWorld world = world(layout);
                Adapter adapter = connect(world)) {
            Resource resource = world.newResource();
            Canary canary = adapter.canaries().getFirst();
            assertThat(canary.principal())
                    .isEqualTo(world.provider().identityKind().principal(world.person(BIRD)));

            make(world, adapter, resource, 1, BIRD);
            String place = place(adapter, resource);
            assertThat(canary.read(resource, place)).isEqualTo(new Reading.Allowed());

            make(world, adapter, resource, 1);
            assertThat(canary.read(resource, place)).isEqualTo(new Reading.Refused());
        }
    }

    @Test
    void withoutAPlaceOrWithAWrongKeyTheAnswerIsUnclear() {
        try (ContractWorld world = world("access-points");
                Adapter adapter = connect(world);
                Adapter wrong = world.provider()
                        .connect(with(world.settings(), Map.of("canary.secretKey", "wrong")), context())) {
            Resource resource = world.newResource();
            assertThat(adapter.canaries().getFirst().read(resource, null)).isInstanceOf(Reading.Unclear.class);
            make(world, adapter, resource, BIRD);
            assertThat(wrong.canaries().getFirst().read(resource, place(adapter, resource)))
                    .isInstanceOf(Reading.Unclear.class);
        }
    }

    private static ContractWorld world(String layout) {
        return switch (layout) {
            case "access-points" -> new SimulatedAws();
            case "bucket-policy" -> new SimulatedBucketPolicy();
            default -> new SimulatedAccessGrants();
        };
    }

    private static Adapter connect(ContractWorld world) {
        return world.provider().connect(with(world.settings(), Map.of()), context());
    }

    private static Settings with(Settings settings, Map<String, String> more) {
        Map<String, String> values = new TreeMap<>(settings.values());
        values.putAll(SETTINGS);
        values.putAll(more);
        return new Settings(settings.section(), values, settings.base());
    }

    private static AdapterContext context() {
        return new AdapterContext(InstantSource.system(), CallListener.NONE, Pacing.NONE);
    }

    private static void make(ContractWorld world, Adapter adapter, Resource resource, int... people) {
        TreeMap<Principal, Target.Edge> edges = new TreeMap<>();
        TreeMap<Principal, java.util.SortedSet<Principal>> names = new TreeMap<>();
        for (int n : people) {
            Principal principal = AwsIdentityKind.of(SimulatedAws.id(n));
            edges.put(principal, new Target.Edge(principal, null, null));
            names.put(principal, new TreeSet<>(world.provider().identityKind().alsoShownAs(world.person(n))));
        }
        Observation o = observe(adapter, resource);
        TreeMap<Principal, LiveEdge> owned = new TreeMap<>();
        o.owned().values().forEach(live -> {
            String text = live.spelling();
            Principal own = text.startsWith("arn:")
                    ? AwsIdentityKind.of(SimulatedAws.id(Integer.parseInt(text.substring(text.indexOf("/person") + 7))))
                    : live.principal();
            owned.put(own, new LiveEdge(own, text, null, false, Objects.requireNonNull(live.place())));
        });
        Observation seen = new Observation(
                o.resource(), o.at(), owned, o.foreign(), o.marked(), o.documents(), o.calls(), o.state());
        adapter.render(resource, seen, new Target(edges, names), Places.UNKNOWN)
                .writes()
                .forEach(write -> adapter.write(resource, write));
    }

    private static String place(Adapter adapter, Resource resource) {
        return observe(adapter, resource).documents().first();
    }

    private static Observation observe(Adapter adapter, Resource resource) {
        return ((Observed.Seen) adapter.observe(resource, Places.UNKNOWN)).observation();
    }
}

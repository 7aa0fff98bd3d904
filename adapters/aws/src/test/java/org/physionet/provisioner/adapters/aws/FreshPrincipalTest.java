package org.physionet.provisioner.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.CallListener;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;

/** A principal made moments ago is refused once and taken the next time (facts/aws.md A2.1, "false alarm"). */
class FreshPrincipalTest {
    @Test
    void whoeverWasMadeMomentsAgoIsNamedAndTheSameWriteWorksLater() {
        try (SimulatedAws aws = new SimulatedAws();
                Adapter adapter = aws.provider()
                        .connect(
                                aws.settings(),
                                new AdapterContext(InstantSource.system(), CallListener.NONE, Pacing.NONE))) {
            Resource plain = aws.newResource();
            Resource resource = new Resource(
                    plain.id(),
                    plain.provider(),
                    plain.layout(),
                    Map.of("form", "principal"),
                    plain.mode(),
                    plain.datasets(),
                    plain.admits(),
                    plain.keep(),
                    plain.origin());
            TreeMap<Principal, Target.Edge> edges = new TreeMap<>();
            for (int n : List.of(1, 2)) {
                Principal principal = AwsIdentityKind.of(SimulatedAws.id(n));
                edges.put(principal, new Target.Edge(principal, null, null));
            }
            Write write = adapter.render(
                            resource,
                            ((Observed.Seen) adapter.observe(resource, Places.UNKNOWN)).observation(),
                            new Target(edges),
                            Places.UNKNOWN)
                    .writes()
                    .getFirst();
            ObjectNode state = aws.simulator().state();
            ((ObjectNode) state.get("aws")).putObject("delays").put("principal", "PT30S");
            Instant now = aws.simulator().clock().instant();
            state.at("/aws/accounts")
                    .forEach(account -> account.path("users").forEach(user -> {
                        boolean fresh = user.path("id").asText().equals(SimulatedAws.id(1));
                        ((ObjectNode) user).put("createdAt", (fresh ? now : now.minusSeconds(3600)).toString());
                    }));
            aws.simulator().load(state);

            assertThat(adapter.write(resource, write))
                    .isInstanceOfSatisfying(
                            Outcome.Rejected.class,
                            rejected -> assertThat(rejected.culprits())
                                    .containsExactly(AwsIdentityKind.of(SimulatedAws.id(1))));
            aws.simulator().clock().advance(Duration.ofSeconds(31));
            assertThat(adapter.write(resource, write)).isInstanceOf(Outcome.Success.class);
            SortedSet<Principal> in = new TreeSet<>();
            List.of(1, 2).stream()
                    .filter(n -> aws.canRead(resource, aws.person(n)))
                    .forEach(n -> in.add(AwsIdentityKind.of(SimulatedAws.id(n))));
            assertThat(in).isEqualTo(write.grants());
        }
    }
}

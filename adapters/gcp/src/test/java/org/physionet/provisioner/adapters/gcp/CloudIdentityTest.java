package org.physionet.provisioner.adapters.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.physionet.provisioner.adapters.gcp.GoogleWorld.address;
import static org.physionet.provisioner.adapters.gcp.LiveAdapter.target;
import static org.physionet.provisioner.adapters.gcp.members.Targets.person;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.adapters.contract.Trouble;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Resource;

/** Groups through the Cloud Identity API, whose memberships end by themselves where the licence allows it. */
class CloudIdentityTest {
    private final GroupWorld world = new GroupWorld(false);
    private final LiveAdapter live = new LiveAdapter(world, "groupsApi", "cloud-identity");

    CloudIdentityTest() {
        world.simulator().clock().set(Instant.parse("2027-03-10T12:00:00Z"));
    }

    @AfterEach
    void close() {
        live.close();
        world.close();
    }

    private void licence(boolean ends) {
        ObjectNode state = world.simulator().state();
        state.withObject("/gcp/switches").put("membershipExpiry", ends);
        world.simulator().load(state);
    }

    private @Nullable Instant end(Resource resource, int person) {
        return Objects.requireNonNull(live.observe(resource).owned().get(person(address(person))))
                .leaseUntil();
    }

    @Test
    void theGroupIsMadeClosedAndOpenedAndMembershipsEndByThemselves() {
        Resource resource = world.untouched();

        live.make(resource, target(address(1), "2027-05-20T00:00:00Z", address(2), null));

        assertThat(end(resource, 1)).isEqualTo("2027-06-01T00:00:00Z");
        assertThat(end(resource, 2)).isNull();
        assertThat(world.canRead(resource, world.person(1))).isTrue();
        world.simulator().clock().set(Instant.parse("2027-06-01T00:00:01Z"));
        assertThat(world.canRead(resource, world.person(1))).isFalse();
        assertThat(live.observe(resource).owned()).containsOnlyKeys(person(address(2)));
    }

    @Test
    void aGroupTakesNoGroupsAndWhoOpensThatAgainIsUndone() {
        Resource resource = world.untouched();
        Target target = target(address(1), null);
        live.make(resource, target);
        world.call("POST", GroupWorld.GROUPS, GoogleWorld.object().put("email", "inner@physionet.org"));

        assertThatThrownBy(() -> nest(resource)).hasMessageContaining("member restriction");
        assertThat(nesting(resource).ok()).isTrue();

        restrict(resource, "");
        assertThat(nesting(resource).ok()).isFalse();
        assertThat(nesting(resource).detail()).contains("memberRestriction is none");
        List<Write> upkeep = live.make(resource, target);

        assertThat(upkeep)
                .singleElement()
                .satisfies(write -> assertThat(write.upkeep()).contains("memberRestriction is none"));
        assertThatThrownBy(() -> nest(resource)).hasMessageContaining("member restriction");
    }

    @Test
    void whereTheLicenceRestrictsNoMembersTheGroupIsUsedAllTheSame() {
        Resource resource = world.untouched();
        world.trouble("cloudidentity.groups.updateSecuritySettings", Trouble.answer(403, "forbidden"));

        live.make(resource, target(address(1), null));

        assertThat(world.canRead(resource, world.person(1))).isTrue();
        assertThat(live.writes(resource, target(address(1), null))).isEmpty();
    }

    private Adapter.Check nesting(Resource resource) {
        return live.adapter.check(resource).stream()
                .filter(check -> check.what().startsWith("no groups inside"))
                .findFirst()
                .orElseThrow();
    }

    private void nest(Resource resource) {
        world.call(
                "POST",
                GroupWorld.GROUPS + "/" + GroupWorld.group(resource) + "/members",
                GoogleWorld.object().put("email", "inner@physionet.org"));
    }

    private void restrict(Resource resource, String query) {
        String name = world.call(
                        "GET", "/v1/groups:lookup?groupKey.id=" + GroupWorld.group(resource), GoogleWorld.nothing())
                .path("name")
                .asText();
        ObjectNode settings = GoogleWorld.object();
        settings.putObject("memberRestriction").put("query", query);
        world.call(
                "POST",
                "/v1/" + name + "/securitySettings?updateMask=memberRestriction.query",
                settings,
                Map.of("X-HTTP-Method-Override", "PATCH"));
    }

    @Test
    void anEndIsMovedAsUpkeepAndWhoIsRevokedLeaves() {
        Resource resource = world.newResource();
        live.make(resource, target(address(1), "2027-05-20T00:00:00Z", address(2), null));

        List<Write> upkeep = live.make(resource, target(address(1), "2027-08-20T00:00:00Z", address(2), null));

        assertThat(upkeep).hasSize(1);
        assertThat(upkeep.getFirst().grants()).isEmpty();
        assertThat(end(resource, 1)).isEqualTo("2027-09-01T00:00:00Z");
        live.make(resource, target(address(2), null));
        assertThat(live.observe(resource).owned()).containsOnlyKeys(person(address(2)));
    }

    @Test
    void row13_aLicenceWithoutEndsIsFoundOutByItsRefusalAndMembershipsAreMadeWithoutThem() {
        licence(false);
        Resource resource = world.newResource();
        Target target = target(address(1), "2027-05-20T00:00:00Z");

        Outcome refused =
                live.adapter.write(resource, live.writes(resource, target).getFirst());
        live.make(resource, target);

        assertThat(refused)
                .isInstanceOfSatisfying(
                        Outcome.Conflict.class,
                        conflict -> assertThat(conflict.reason()).contains("licence"));
        assertThat(end(resource, 1)).isNull();
        assertThat(world.canRead(resource, world.person(1))).isTrue();
    }

    @Test
    void row19_aMissingGroupLooksForbiddenAndIsMadeAndOthersPlacesAreForeign() {
        Resource resource = world.untouched();
        assertThat(live.observe(resource).owned()).isEmpty();
        live.make(resource, target(address(1), null));
        world.rivalAddsForeign(resource);

        live.make(resource, target(address(2), null));

        assertThat(live.observe(resource).owned()).containsOnlyKeys(person(address(2)));
        assertThat(world.hasForeign(resource)).isTrue();
    }

    @Test
    void row19_anOperationThatIsNotDoneYetIsProvenByReading() {
        Resource resource = world.newResource();
        ObjectNode state = world.simulator().state();
        state.withObject("/gcp/switches").put("pendingOperations", true);
        world.simulator().load(state);

        Write write = live.writes(resource, target(address(1), null)).getFirst();

        assertThat(live.adapter.write(resource, write)).isEqualTo(new Outcome.Applied());
        assertThat(live.observe(resource).owned()).containsOnlyKeys(person(address(1)));
    }
}

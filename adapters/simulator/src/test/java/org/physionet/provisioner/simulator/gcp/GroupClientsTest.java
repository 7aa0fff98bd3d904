package org.physionet.provisioner.simulator.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.cloudidentity.v1.CloudIdentity;
import com.google.api.services.cloudidentity.v1.model.EntityKey;
import com.google.api.services.cloudidentity.v1.model.ExpiryDetail;
import com.google.api.services.cloudidentity.v1.model.MembershipRole;
import com.google.api.services.cloudidentity.v1.model.ModifyMembershipRolesRequest;
import com.google.api.services.cloudidentity.v1.model.UpdateMembershipRolesParams;
import com.google.api.services.directory.Directory;
import com.google.api.services.directory.model.Member;
import java.io.IOException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.simulator.LiveWorld;

/** The Directory and Cloud Identity clients see one group (facts/gcp.md 2, rows 13-19). */
class GroupClientsTest {
    private static final String GROUP = "readers@example.org";

    private final LiveWorld world = Google.open();
    private final Directory directory = new Directory.Builder(
                    new NetHttpTransport(), GsonFactory.getDefaultInstance(), null)
            .setRootUrl(world.url() + "/")
            .setApplicationName("test")
            .build();
    private final CloudIdentity identity = new CloudIdentity.Builder(
                    new NetHttpTransport(), GsonFactory.getDefaultInstance(), null)
            .setRootUrl(world.url() + "/")
            .setApplicationName("test")
            .build();

    @BeforeEach
    void group() throws IOException {
        directory
                .groups()
                .insert(new com.google.api.services.directory.model.Group().setEmail(GROUP))
                .execute();
        world.send("POST", "/storage/v1/b?project=p1", "{\"name\":\"b-one\"}");
        world.send(
                "PUT",
                "/storage/v1/b/b-one/iam",
                "{\"bindings\":[{\"role\":\"roles/storage.objectViewer\",\"members\":[\"group:" + GROUP + "\"]}]}");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void add(String email) throws IOException {
        directory
                .members()
                .insert(GROUP, new Member().setEmail(email).setRole("MEMBER"))
                .execute();
    }

    private static void refused(int status, String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(GoogleJsonResponseException.class, e -> {
            assertThat(e.getStatusCode()).isEqualTo(status);
            assertThat(e.getDetails().getMessage()).contains(message);
        });
    }

    @Test
    void whoeverIsAddedReadsUntilRemoved() throws IOException {
        add("ada@gmail.com");
        assertThat(directory.members().list(GROUP).execute().getMembers())
                .extracting(Member::getEmail)
                .containsExactly("ada@gmail.com");
        assertThat(Google.canRead(world, "a.da@gmail.com", "gs://b-one")).isTrue();
        directory.members().delete(GROUP, "ADA@gmail.com").execute();
        assertThat(Google.canRead(world, "ada@gmail.com", "gs://b-one")).isFalse();
    }

    @Test
    void refusalsOfTheDirectoryAreGoogles() throws IOException {
        add("ada@gmail.com");
        world.send("POST", "/_simulator/gcp/accounts", "{\"email\":\"lost@example.org\",\"status\":\"not-google\"}");
        world.send("POST", "/_simulator/gcp/accounts", "{\"email\":\"gone@example.org\",\"status\":\"deleted\"}");
        refused(409, "Member already exists.", () -> add("a.d.a@gmail.com"));
        refused(412, "Condition not met", () -> add("lost@example.org"));
        refused(404, "Resource Not Found: memberKey", () -> add("gone@example.org"));
        refused(400, "Invalid Input: memberKey", () -> add("no address"));
        refused(
                404,
                "Resource Not Found: memberKey",
                () -> directory.members().get(GROUP, "bob@gmail.com").execute());
        refused(
                404,
                "Resource Not Found: memberKey",
                () -> directory.members().delete(GROUP, "bob@gmail.com").execute());
        refused(
                400,
                "Missing required field: memberKey",
                () -> directory.members().delete(GROUP, "gone@example.org").execute());
        refused(
                400,
                "Invalid Input: memberKey",
                () -> directory.members().hasMember(GROUP, "ada@gmail.com").execute());
        refused(
                404,
                "Resource Not Found: groupKey",
                () -> directory.groups().get("none@example.org").execute());
        refused(
                409,
                "Entity already exists.",
                () -> directory
                        .groups()
                        .insert(new com.google.api.services.directory.model.Group().setEmail(GROUP))
                        .execute());
    }

    private String name() throws IOException {
        return identity.groups().lookup().setGroupKeyId(GROUP).execute().getName();
    }

    private static MembershipRole until(String instant) {
        return new MembershipRole().setName("MEMBER").setExpiryDetail(new ExpiryDetail().setExpireTime(instant));
    }

    private void create(String email, MembershipRole role) throws IOException {
        var membership = new com.google.api.services.cloudidentity.v1.model.Membership()
                .setPreferredMemberKey(new EntityKey().setId(email))
                .setRoles(List.of(role));
        assertThat(identity.groups()
                        .memberships()
                        .create(name(), membership)
                        .execute()
                        .getDone())
                .isTrue();
    }

    @Test
    void aMembershipEndsByItselfAndItsEndCanBeMoved() throws IOException {
        create("ada@example.org", until("2026-11-01T13:00:00Z"));
        var found = identity.groups()
                .memberships()
                .list(name())
                .setView("FULL")
                .execute()
                .getMemberships()
                .getFirst();
        assertThat(found.getRoles().getFirst().getExpiryDetail().getExpireTime())
                .isEqualTo("2026-11-01T13:00:00Z");
        var modify = new ModifyMembershipRolesRequest()
                .setUpdateRolesParams(List.of(new UpdateMembershipRolesParams()
                        .setFieldMask("expiryDetail.expire_time")
                        .setMembershipRole(until("2026-11-01T14:00:00Z"))));
        identity.groups()
                .memberships()
                .modifyMembershipRoles(found.getName(), modify)
                .execute();
        world.send("POST", "/_simulator/clock", "{\"set\":\"2026-11-01T13:59:59Z\"}");
        assertThat(Google.canRead(world, "ada@example.org", "gs://b-one")).isTrue();
        world.send("POST", "/_simulator/clock", "{\"set\":\"2026-11-01T14:00:00Z\"}");
        assertThat(Google.canRead(world, "ada@example.org", "gs://b-one")).isFalse();
        assertThat(identity.groups().memberships().list(name()).execute().getMemberships())
                .isNullOrEmpty();
        create("ada@example.org", until("2026-11-02T00:00:00Z"));
        assertThat(Google.canRead(world, "ada@example.org", "gs://b-one")).isTrue();
    }

    @Test
    void refusalsOfCloudIdentityAreGoogles() throws IOException {
        add("ada@gmail.com");
        MembershipRole plain = new MembershipRole().setName("MEMBER");
        refused(409, "already exists", () -> create("ada@gmail.com", plain));
        refused(400, "must be in the future", () -> create("bob@example.org", until("2026-11-01T11:00:00Z")));
        refused(
                403,
                "or it may not exist",
                () -> identity.groups()
                        .lookup()
                        .setGroupKeyId("none@example.org")
                        .execute());
        var state = world.simulator().state();
        state.withObjectProperty("gcp").withObjectProperty("switches").put("membershipExpiry", false);
        world.send("PUT", "/_simulator/state", state.toString());
        refused(403, "Error(3005)", () -> create("bob@example.org", until("2026-11-01T13:00:00Z")));
        create("bob@example.org", plain);
    }

    @Test
    void aDeletedGroupGivesNothingAndStaysInThePolicyAsDeleted() throws IOException {
        add("ada@gmail.com");
        String id = directory.groups().get(GROUP).execute().getId();
        directory.groups().delete(GROUP).execute();
        assertThat(Google.canRead(world, "ada@gmail.com", "gs://b-one")).isFalse();
        assertThat(world.send("GET", "/storage/v1/b/b-one/iam", "").body())
                .contains("deleted:group:readers@example.org?uid=" + id);
    }

    @Test
    void settingsCanCloseAGroupToOtherDomains() throws IOException {
        var state = world.simulator().state();
        state.withObjectProperty("gcp").withObjectProperty("switches").put("externalMembersNeedSetting", true);
        world.send("PUT", "/_simulator/state", state.toString());
        refused(403, "External members are not allowed", () -> add("ada@gmail.com"));
        world.send("PATCH", "/groups/v1/groups/" + GROUP, "{\"allowExternalMembers\":\"true\"}");
        add("ada@gmail.com");
        assertThat(world.json("GET", "/groups/v1/groups/" + GROUP, "")
                        .path("whoCanJoin")
                        .asText())
                .isEqualTo("CAN_REQUEST_TO_JOIN");
    }
}

package org.physionet.provisioner.adapters.gcp.directory;

import com.google.api.services.cloudidentity.v1.CloudIdentity.Groups.Memberships;
import com.google.api.services.cloudidentity.v1.model.EntityKey;
import com.google.api.services.cloudidentity.v1.model.ExpiryDetail;
import com.google.api.services.cloudidentity.v1.model.Group;
import com.google.api.services.cloudidentity.v1.model.ListMembershipsResponse;
import com.google.api.services.cloudidentity.v1.model.Membership;
import com.google.api.services.cloudidentity.v1.model.MembershipRole;
import com.google.api.services.cloudidentity.v1.model.ModifyMembershipRolesRequest;
import com.google.api.services.cloudidentity.v1.model.Operation;
import com.google.api.services.cloudidentity.v1.model.UpdateMembershipRolesParams;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.gcp.calls.GoogleClients;

/**
 * The Cloud Identity Groups API: memberships that end, where the licence has them (facts/gcp.md 1 and 2, row 19). An
 * expired membership is not listed any more.
 */
final class CloudIdentityApi implements GroupsApi {
    private static final int PAGE = 500;
    private static final String MEMBERS = "cloudidentity.groups.memberships.";

    /** The customer that new groups belong to, {@code customers/C…}; null: the API then takes the caller's. */
    private final @Nullable String customer;

    private volatile boolean ends = true;
    private volatile boolean restricts = true;

    CloudIdentityApi(@Nullable String customer) {
        this.customer = customer;
    }

    @Override
    public String insertGroup() {
        return "cloudidentity.groups.create";
    }

    @Override
    public String join() {
        return MEMBERS + "create";
    }

    @Override
    public String leave() {
        return MEMBERS + "delete";
    }

    @Override
    public String extend() {
        return MEMBERS + "modifyMembershipRoles";
    }

    @Override
    public boolean ends() {
        return ends;
    }

    @Override
    public void hasNoEnds() {
        ends = false;
    }

    @Override
    public boolean restricts() {
        return restricts;
    }

    @Override
    public void hasNoRestrictions() {
        restricts = false;
    }

    @Override
    public Listed list(GoogleClients google, String address) throws IOException {
        String name = lookup(google, address);
        List<Listing> members = new ArrayList<>();
        int pages = 0;
        @Nullable String token = null;
        do {
            Memberships.List list = google.cloudIdentity()
                    .groups()
                    .memberships()
                    .list(name)
                    .setView("FULL")
                    .setPageSize(PAGE);
            if (token != null) {
                list.setPageToken(token);
            }
            ListMembershipsResponse page = list.execute();
            pages++;
            if (page.getMemberships() != null) {
                page.getMemberships().forEach(membership -> members.add(listing(membership, address)));
            }
            token = page.getNextPageToken();
        } while (token != null && !token.isEmpty());
        return new Listed(
                new GroupRef(address, name),
                members,
                Map.of("cloudidentity.groups.lookup", 1, MEMBERS + "list", pages));
    }

    private static Listing listing(Membership membership, String group) {
        EntityKey key = membership.getPreferredMemberKey();
        String address = key == null || key.getId() == null ? "" : key.getId();
        @Nullable Instant end = null;
        String highest = "MEMBER";
        for (MembershipRole role : membership.getRoles() == null ? List.<MembershipRole>of() : membership.getRoles()) {
            if (!"MEMBER".equals(role.getName())) {
                highest = role.getName();
            } else if (role.getExpiryDetail() != null && role.getExpiryDetail().getExpireTime() != null) {
                end = Instant.parse(role.getExpiryDetail().getExpireTime());
            }
        }
        boolean person = "USER".equals(membership.getType()) && highest.equals("MEMBER") && !address.isEmpty();
        String who = address.isEmpty() ? membership.getName() : address;
        String text = String.valueOf(membership.getType()).toLowerCase(java.util.Locale.ROOT) + " " + who + " as "
                + highest.toLowerCase(java.util.Locale.ROOT) + " of group " + group;
        String made = membership.getCreateTime();
        @Nullable Instant joined = made == null ? null : Instant.parse(made);
        return new Listing(membership.getName(), address, person, end, joined, text);
    }

    @Override
    public GroupRef create(GoogleClients google, GroupRef group, String resource) throws IOException {
        Group made = new Group()
                .setGroupKey(new EntityKey().setId(group.address()))
                .setDisplayName(group.address().substring(0, group.address().indexOf('@')))
                .setDescription(GroupMark.description(resource))
                .setLabels(Map.of("cloudidentity.googleapis.com/groups.discussion_forum", ""));
        if (customer != null) {
            made.setParent(customer);
        }
        Operation done = google.cloudIdentity()
                .groups()
                .create(made)
                .setInitialGroupConfig("EMPTY")
                .execute();
        Object name = done.getResponse() == null ? null : done.getResponse().get("name");
        return new GroupRef(group.address(), name instanceof String text ? text : null);
    }

    @Override
    public void join(GoogleClients google, GroupRef group, String person, @Nullable Instant end) throws IOException {
        Membership membership = new Membership()
                .setPreferredMemberKey(new EntityKey().setId(person))
                .setRoles(List.of(role(end)));
        google.cloudIdentity()
                .groups()
                .memberships()
                .create(name(google, group), membership)
                .execute();
    }

    private static MembershipRole role(@Nullable Instant end) {
        MembershipRole role = new MembershipRole().setName("MEMBER");
        return end == null ? role : role.setExpiryDetail(new ExpiryDetail().setExpireTime(end.toString()));
    }

    /** A group that was made after it was read is looked up. */
    static String name(GoogleClients google, GroupRef group) throws IOException {
        String name = group.name();
        return name != null ? name : lookup(google, group.address());
    }

    private static String lookup(GoogleClients google, String address) throws IOException {
        return google.cloudIdentity()
                .groups()
                .lookup()
                .setGroupKeyId(address)
                .execute()
                .getName();
    }

    @Override
    public void leave(GoogleClients google, GroupRef group, String id) throws IOException {
        google.cloudIdentity().groups().memberships().delete(id).execute();
    }

    @Override
    public void extend(GoogleClients google, GroupRef group, String id, @Nullable Instant end) throws IOException {
        MembershipRole role = role(end);
        if (end == null) {
            role.setExpiryDetail(new ExpiryDetail());
        }
        var update = new UpdateMembershipRolesParams()
                .setFieldMask("expiryDetail.expireTime")
                .setMembershipRole(role);
        google.cloudIdentity()
                .groups()
                .memberships()
                .modifyMembershipRoles(id, new ModifyMembershipRolesRequest().setUpdateRolesParams(List.of(update)))
                .execute();
    }
}

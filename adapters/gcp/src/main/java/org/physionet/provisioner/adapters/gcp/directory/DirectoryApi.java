package org.physionet.provisioner.adapters.gcp.directory;

import com.google.api.services.directory.Directory;
import com.google.api.services.directory.model.Group;
import com.google.api.services.directory.model.Member;
import com.google.api.services.directory.model.Members;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.gcp.calls.GoogleClients;

/** The Directory API of Workspace (facts/gcp.md 1): memberships have no end. */
final class DirectoryApi implements GroupsApi {
    /** The most that the API gives at once. */
    private static final int PAGE = 200;

    @Override
    public String insertGroup() {
        return "directory.groups.insert";
    }

    @Override
    public String join() {
        return "directory.members.insert";
    }

    @Override
    public String leave() {
        return "directory.members.delete";
    }

    @Override
    public String extend() {
        return "directory.members.update";
    }

    @Override
    public boolean ends() {
        return false;
    }

    @Override
    public void hasNoEnds() {}

    @Override
    public Listed list(GoogleClients google, String address) throws IOException {
        List<Listing> members = new ArrayList<>();
        int pages = 0;
        @Nullable String token = null;
        do {
            Directory.Members.List list =
                    google.directory().members().list(address).setMaxResults(PAGE);
            if (token != null) {
                list.setPageToken(token);
            }
            Members page = list.execute();
            pages++;
            if (page.getMembers() != null) {
                page.getMembers().forEach(member -> members.add(listing(member, address)));
            }
            token = page.getNextPageToken();
        } while (token != null && !token.isEmpty());
        return new Listed(new GroupRef(address, null), members, Map.of("directory.members.list", pages));
    }

    private static Listing listing(Member member, String group) {
        String email = member.getEmail() == null ? "" : member.getEmail();
        boolean person = "USER".equals(member.getType())
                && "MEMBER".equals(member.getRole())
                && !email.isEmpty()
                && !email.endsWith("gserviceaccount.com");
        String who = email.isEmpty() ? "id " + member.getId() : email;
        String text = lower(member.getType()) + " " + who + " as " + lower(member.getRole()) + " of group " + group;
        return new Listing(email, email, person, null, null, text);
    }

    private static String lower(@Nullable String text) {
        return String.valueOf(text).toLowerCase(Locale.ROOT);
    }

    @Override
    public GroupRef create(GoogleClients google, GroupRef group, String resource) throws IOException {
        Group made = new Group()
                .setEmail(group.address())
                .setName(group.address().substring(0, group.address().indexOf('@')))
                .setDescription(GroupMark.description(resource));
        google.directory().groups().insert(made).execute();
        return group;
    }

    @Override
    public void join(GoogleClients google, GroupRef group, String person, @Nullable Instant end) throws IOException {
        Member member = new Member().setEmail(person).setRole("MEMBER").setDeliverySettings("NONE");
        google.directory().members().insert(group.address(), member).execute();
    }

    @Override
    public void leave(GoogleClients google, GroupRef group, String id) throws IOException {
        google.directory().members().delete(group.address(), id).execute();
    }

    @Override
    public void extend(GoogleClients google, GroupRef group, String id, @Nullable Instant end) throws IOException {
        throw new IOException("the Directory API knows no memberships that end");
    }
}

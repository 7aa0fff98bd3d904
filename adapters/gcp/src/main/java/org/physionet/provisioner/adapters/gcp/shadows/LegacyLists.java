package org.physionet.provisioner.adapters.gcp.shadows;

import com.google.cloud.storage.Acl;
import com.google.cloud.storage.Storage.BucketGetOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls.Answer;
import org.physionet.provisioner.adapters.gcp.gcs.BucketSettings;
import org.physionet.provisioner.engine.adapter.Shadow;
import org.physionet.provisioner.engine.model.Resource;

/**
 * Access control lists, which only buckets without uniform access have: the bucket's own, which shows in its policy too,
 * the one that new objects get, and one on every object, which nobody can read but one by one.
 */
final class LegacyLists {
    private final GoogleCalls calls;

    LegacyLists(GoogleCalls calls) {
        this.calls = calls;
    }

    List<Shadow> of(Resource resource) {
        String name = resource.id().location();
        Answer<Optional<BucketSettings>> settings = calls.read(google -> BucketSettings.read(google, name));
        return switch (settings) {
            case Answer.Failed(var why) ->
                List.of(new Shadow(
                        "whoever object ACLs name",
                        resource.id() + ": whether access is uniform could not be read: " + why.reason(),
                        false));
            case Answer.Got(Optional<BucketSettings> found) ->
                found.map(BucketSettings::uniform).orElse(true) ? List.of() : listed(resource, name);
        };
    }

    private List<Shadow> listed(Resource resource, String name) {
        List<Shadow> found = new ArrayList<>();
        found.add(new Shadow(
                "whoever object ACLs name",
                resource.id() + ": access is not uniform, and every object has a list of its own",
                false));
        Answer<List<Acl>> answer = calls.read(google -> {
            String billing = google.billingProject();
            return billing == null
                    ? google.storage().listDefaultAcls(name)
                    : google.storage()
                            .get(name, BucketGetOption.userProject(billing))
                            .listDefaultAcls();
        });
        switch (answer) {
            case Answer.Failed(var why) ->
                found.add(new Shadow(
                        "whoever new objects let in",
                        resource.id() + ": the default object ACL could not be read: " + why.reason(),
                        false));
            case Answer.Got(List<Acl> acls) ->
                acls.forEach(acl -> found.add(new Shadow(
                        who(acl.getEntity()),
                        resource.id() + ": default object ACL, " + acl.getRole() + " on new objects",
                        true)));
        }
        return found;
    }

    private static String who(Acl.Entity entity) {
        return switch (entity) {
            case Acl.User user -> user.getEmail().startsWith("all") ? user.getEmail() : "user:" + user.getEmail();
            case Acl.Group group -> "group:" + group.getEmail();
            case Acl.Domain domain -> "domain:" + domain.getDomain();
            default -> entity.toString();
        };
    }
}

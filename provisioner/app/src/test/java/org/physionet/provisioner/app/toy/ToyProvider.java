package org.physionet.provisioner.app.toy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.AdapterProvider;
import org.physionet.provisioner.engine.adapter.IdentityKind;
import org.physionet.provisioner.engine.adapter.IdentityProof;
import org.physionet.provisioner.engine.adapter.LayoutLimit;
import org.physionet.provisioner.engine.adapter.ResourceKind;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.settings.Setting;
import org.physionet.provisioner.engine.settings.Settings;

/** A third cloud, found on the path like the real ones: shelves in a library, with readers' cards. */
public final class ToyProvider implements AdapterProvider {
    @Override
    public String provider() {
        return "toy";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                Setting.of("library", "main", "which library"),
                Setting.secret("doorCode", "opens the library"),
                Setting.of("desk.floorNumber", null, "nested, camel case"));
    }

    @Override
    public IdentityKind identityKind() {
        return new Cards();
    }

    @Override
    public List<ResourceKind> resourceKinds() {
        return List.of(new Shelf());
    }

    @Override
    public Adapter connect(Settings settings, AdapterContext context) {
        return new ToyAdapter(ToyWorld.named(settings.require("library")), context);
    }

    @Override
    public Optional<IdentityProof> identityProof(Settings settings, AdapterContext context) {
        return Optional.of(new Signature());
    }

    /** A card is proven by signing the nonce with its number. */
    private static final class Signature implements IdentityProof {
        @Override
        public List<String> instructions(String nonce) {
            return List.of("write down: signed " + nonce + " by card NUMBER");
        }

        @Override
        public Verdict verify(String presented, String nonce, Instant now) {
            String expected = "signed " + nonce + " by card ";
            if (!presented.startsWith(expected)) {
                return new Verdict.Refused("expected the nonce of the challenge, signed");
            }
            String number = presented.substring(expected.length());
            return new Verdict.Proven(new CloudAccount(
                    "card", number, Map.of("colour", "red"), number.equals("13") ? "the card is torn" : null));
        }
    }

    private static final class Cards implements IdentityKind {
        @Override
        public String kind() {
            return "card";
        }

        @Override
        public Principal principal(CloudAccount account) {
            return parse("card:" + account.id())
                    .orElseThrow(() -> new IllegalArgumentException("no card number: " + account.id()));
        }

        @Override
        public Optional<Principal> parse(String text) {
            return text.matches("card:[0-9]{1,9}") ? Optional.of(new Principal("card", text, text)) : Optional.empty();
        }
    }

    private static final class Shelf implements ResourceKind {
        @Override
        public String catalogKey() {
            return "shelf";
        }

        @Override
        public String scheme() {
            return "shelf";
        }

        @Override
        public List<String> layouts() {
            return List.of("list", "ring");
        }

        @Override
        public Set<String> options() {
            return Set.of("colour");
        }

        @Override
        public ResourceId parse(String location) {
            String bare = location.startsWith("shelf://") ? location.substring(8) : location;
            if (!bare.matches("[a-z0-9/.-]+")) {
                throw new IllegalArgumentException("lower-case letters, digits, dots, hyphens and slashes");
            }
            return new ResourceId("shelf://" + bare);
        }

        @Override
        public List<LayoutLimit> limits(ResourceId resource, Map<String, String> options) {
            LayoutLimit list = new LayoutLimit("list", "cards of " + resource, "cards", 100, 0, 1);
            return options.containsKey("colour")
                    ? List.of(list, new LayoutLimit("ring", "keys", "keys", 1_000, 0, 1))
                    : List.of(list);
        }

        /** Keys of one colour open every shelf with that ring. */
        @Override
        public Optional<String> sharedDoor(String layout, Map<String, String> options) {
            return layout.equals("ring") ? Optional.ofNullable(options.get("colour")) : Optional.empty();
        }

        @Override
        public void check(String layout, Map<String, String> options) {
            if (layout.equals("ring") && !options.containsKey("colour")) {
                throw new IllegalArgumentException("colour: a ring needs one");
            }
        }
    }
}

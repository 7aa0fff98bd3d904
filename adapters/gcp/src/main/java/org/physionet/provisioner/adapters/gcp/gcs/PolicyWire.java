package org.physionet.provisioner.adapters.gcp.gcs;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.storage.model.Expr;
import com.google.cloud.Policy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bucket policies in the forms of Google's client and of its wire. Pure. */
final class PolicyWire {
    private PolicyWire() {}

    /** @throws IllegalArgumentException if the answer has no etag: nothing could be written safely on it */
    static BucketPolicy read(@Nullable Policy policy) {
        if (policy == null || policy.getEtag() == null) {
            throw new IllegalArgumentException("the policy came without an etag");
        }
        List<Binding> bindings = new ArrayList<>();
        for (com.google.cloud.Binding binding : policy.getBindingsList()) {
            bindings.add(new Binding(binding.getRole(), binding.getMembers(), condition(binding.getCondition())));
        }
        return new BucketPolicy(policy.getEtag(), bindings);
    }

    private static Binding.@Nullable Condition condition(com.google.cloud.@Nullable Condition condition) {
        return condition == null
                ? null
                : new Binding.Condition(condition.getTitle(), condition.getDescription(), condition.getExpression());
    }

    static Policy write(BucketPolicy policy) {
        List<com.google.cloud.Binding> bindings = new ArrayList<>();
        for (Binding binding : policy.bindings()) {
            com.google.cloud.Binding.Builder builder = com.google.cloud.Binding.newBuilder()
                    .setRole(binding.role())
                    .setMembers(binding.members());
            Binding.Condition condition = binding.condition();
            if (condition != null) {
                builder.setCondition(com.google.cloud.Condition.newBuilder()
                        .setTitle(condition.title())
                        .setDescription(condition.description())
                        .setExpression(condition.expression())
                        .build());
            }
            bindings.add(builder.build());
        }
        return Policy.newBuilder()
                .setBindings(bindings)
                .setEtag(policy.etag())
                .setVersion(BucketPolicy.VERSION)
                .build();
    }

    /** The request body that a policy is sent as, before compression. */
    static byte[] body(BucketPolicy policy) {
        com.google.api.services.storage.model.Policy body = new com.google.api.services.storage.model.Policy();
        List<com.google.api.services.storage.model.Policy.Bindings> bindings = new ArrayList<>();
        for (Binding binding : policy.bindings()) {
            var out = new com.google.api.services.storage.model.Policy.Bindings()
                    .setRole(binding.role())
                    .setMembers(binding.members());
            Binding.Condition condition = binding.condition();
            if (condition != null) {
                out.setCondition(new Expr()
                        .setTitle(condition.title())
                        .setDescription(condition.description())
                        .setExpression(condition.expression()));
            }
            bindings.add(out);
        }
        body.setBindings(bindings).setEtag(policy.etag()).setVersion(BucketPolicy.VERSION);
        try {
            return GsonFactory.getDefaultInstance().toByteArray(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

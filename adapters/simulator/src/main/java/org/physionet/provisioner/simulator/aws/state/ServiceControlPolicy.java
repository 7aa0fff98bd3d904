package org.physionet.provisioner.simulator.aws.state;

import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.physionet.provisioner.simulator.aws.policy.PolicyDocument;
import org.physionet.provisioner.simulator.aws.policy.PolicyReader;
import org.physionet.provisioner.simulator.aws.policy.PolicyText;

/**
 * A service control policy of an organization.
 *
 * @param id {@code p-…}
 * @param content as it was written
 * @param targets accounts that it is attached to
 */
public record ServiceControlPolicy(
        String id,
        String name,
        String description,
        String content,
        SortedMap<String, String> tags,
        SortedSet<String> targets) {
    /** Characters of its text (Organizations user guide, "Quotas"). */
    public static final int LIMIT = 5120;

    public ServiceControlPolicy {
        tags = new TreeMap<>(tags);
        targets = new TreeSet<>(targets);
    }

    public ServiceControlPolicy with(String newName, String newDescription, String newContent) {
        return new ServiceControlPolicy(id, newName, newDescription, newContent, tags, targets);
    }

    public ServiceControlPolicy tagged(Map<String, String> newTags) {
        return new ServiceControlPolicy(id, name, description, content, new TreeMap<>(newTags), targets);
    }

    public ServiceControlPolicy on(SortedSet<String> newTargets) {
        return new ServiceControlPolicy(id, name, description, content, tags, newTargets);
    }

    /** @throws org.physionet.provisioner.simulator.aws.policy.PolicyGrammarException if the content is no policy */
    public PolicyDocument document() {
        return PolicyReader.read(PolicyText.parse(content, LIMIT), PolicyReader.Dialect.IDENTITY);
    }
}

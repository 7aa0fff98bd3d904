package org.physionet.provisioner.adapters.aws.calls;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Reads the one offender that AWS names in the {@code <Detail>} of a refused policy (facts/aws.md A2.1). */
final class ErrorDetail {
    /** {@code "AWS" : "AIDA…"}; some answers carry the bare value. */
    private static final Pattern NAMED = Pattern.compile("\"[A-Za-z]+\"\\s*:\\s*\"([^\"]+)\"");

    private static final Pattern BARE =
            Pattern.compile("\\s*\"?((?:AIDA|AROA)[A-Z0-9]+|arn:aws[a-z-]*:iam::[^\"\\s]+|\\d{12})\"?\\s*");

    private ErrorDetail() {}

    /** The principal as the policy that was sent spelled it; empty: none was named. */
    static Optional<String> principal(AwsServiceException refusal) {
        if (refusal.awsErrorDetails() == null || refusal.awsErrorDetails().rawResponse() == null) {
            return Optional.empty();
        }
        return detail(refusal).flatMap(text -> {
            Matcher named = NAMED.matcher(text);
            if (named.find()) {
                return Optional.of(named.group(1));
            }
            Matcher bare = BARE.matcher(text);
            return bare.matches() ? Optional.of(bare.group(1)) : Optional.empty();
        });
    }

    private static Optional<String> detail(AwsServiceException refusal) {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(
                    refusal.awsErrorDetails().rawResponse().asInputStream());
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT
                        && reader.getLocalName().equals("Detail")) {
                    return Optional.of(reader.getElementText());
                }
            }
        } catch (XMLStreamException e) {
            // a body that is no XML names nobody
            return Optional.empty();
        }
        return Optional.empty();
    }
}

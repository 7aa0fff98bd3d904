package org.physionet.provisioner.simulator.aws.s3;

import org.physionet.provisioner.simulator.aws.state.PublicAccessBlock;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.Xml;
import org.physionet.provisioner.simulator.aws.wire.XmlBody;

/** The XML of Block Public Access, which buckets, access points and accounts share. */
public final class PublicBlocks {
    private PublicBlocks() {}

    /** A switch that is not named is off. */
    public static PublicAccessBlock read(XmlBody xml) {
        return new PublicAccessBlock(
                flag(xml, "BlockPublicAcls"),
                flag(xml, "IgnorePublicAcls"),
                flag(xml, "BlockPublicPolicy"),
                flag(xml, "RestrictPublicBuckets"));
    }

    public static void write(Xml xml, PublicAccessBlock block) {
        xml.text("BlockPublicAcls", block.blockPublicAcls())
                .text("IgnorePublicAcls", block.ignorePublicAcls())
                .text("BlockPublicPolicy", block.blockPublicPolicy())
                .text("RestrictPublicBuckets", block.restrictPublicBuckets());
    }

    public static AwsException none() {
        return new AwsException(
                404, "NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found");
    }

    private static boolean flag(XmlBody xml, String name) {
        String text = xml.text(name).orElse("false").trim();
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw new AwsException(
                    400,
                    "MalformedXML",
                    "The XML you provided was not well-formed or did not validate against our published schema");
        }
        return Boolean.parseBoolean(text);
    }
}

package io.mtl4j.nn.persist;

import io.mtl4j.nn.encoder.BidirectionalLanguageModel;
import io.mtl4j.nn.encoder.Cnn;
import io.mtl4j.nn.encoder.ContextualEmbedding;
import io.mtl4j.nn.encoder.Gnn;
import io.mtl4j.nn.encoder.GraphEncoder;
import io.mtl4j.nn.encoder.LstmEncoder;
import io.mtl4j.nn.encoder.Mlp;
import io.mtl4j.nn.encoder.TransformerEncoder;
import io.mtl4j.nn.head.BinaryCrossEntropy;
import io.mtl4j.nn.head.BinaryFocalLoss;
import io.mtl4j.nn.head.BinaryFormat;
import io.mtl4j.nn.head.ClassFormat;
import io.mtl4j.nn.head.CrfFormat;
import io.mtl4j.nn.head.CrfLoss;
import io.mtl4j.nn.head.CrfScores;
import io.mtl4j.nn.head.CriticFormat;
import io.mtl4j.nn.head.CrossEntropy;
import io.mtl4j.nn.head.FocalLoss;
import io.mtl4j.nn.head.GanHead;
import io.mtl4j.nn.head.Huber;
import io.mtl4j.nn.head.LambdaRank;
import io.mtl4j.nn.head.MeanAbsoluteError;
import io.mtl4j.nn.head.MeanSquaredError;
import io.mtl4j.nn.head.MultiLabelFormat;
import io.mtl4j.nn.head.NonSaturatingLoss;
import io.mtl4j.nn.head.PixelValueFormat;
import io.mtl4j.nn.head.RankFormat;
import io.mtl4j.nn.head.RankNet;
import io.mtl4j.nn.head.ReconstructionHead;
import io.mtl4j.nn.head.SegmentationFormat;
import io.mtl4j.nn.head.SequenceHead;
import io.mtl4j.nn.head.TagFormat;
import io.mtl4j.nn.head.TaskHead;
import io.mtl4j.nn.head.TemperedLoss;
import io.mtl4j.nn.head.ValueFormat;
import io.mtl4j.nn.head.WassersteinLoss;
import io.mtl4j.nn.head.WordHead;
import io.mtl4j.nn.layer.ActivationLayer;
import io.mtl4j.nn.layer.ActivityPenalty;
import io.mtl4j.nn.layer.AvgPool2d;
import io.mtl4j.nn.layer.BatchNorm;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.CharacterWords;
import io.mtl4j.nn.layer.Conv2d;
import io.mtl4j.nn.layer.Dense;
import io.mtl4j.nn.layer.Dropout;
import io.mtl4j.nn.layer.Embedding;
import io.mtl4j.nn.layer.FeatureSlice;
import io.mtl4j.nn.layer.Flatten;
import io.mtl4j.nn.layer.Frozen;
import io.mtl4j.nn.layer.GlobalPool;
import io.mtl4j.nn.layer.GraphAttention;
import io.mtl4j.nn.layer.GraphConvolution;
import io.mtl4j.nn.layer.Highway;
import io.mtl4j.nn.layer.LayerMix;
import io.mtl4j.nn.layer.LayerNorm;
import io.mtl4j.nn.layer.Lstm;
import io.mtl4j.nn.layer.LstmDecoder;
import io.mtl4j.nn.layer.LstmStacks;
import io.mtl4j.nn.layer.MaxPool2d;
import io.mtl4j.nn.layer.PadTo;
import io.mtl4j.nn.layer.PositionalEncoding;
import io.mtl4j.nn.layer.Regularized;
import io.mtl4j.nn.layer.RepeatChannels;
import io.mtl4j.nn.layer.Reshape;
import io.mtl4j.nn.layer.Residual;
import io.mtl4j.nn.layer.Resize;
import io.mtl4j.nn.layer.SegmentEmbedding;
import io.mtl4j.nn.layer.SelfAttention;
import io.mtl4j.nn.layer.SequencePool;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.layer.TabularEmbedding;
import io.mtl4j.nn.layer.TokenDecoder;
import io.mtl4j.nn.layer.TransformerBlock;
import io.mtl4j.nn.layer.TransformerDecoder;
import io.mtl4j.nn.layer.TransposedConv2d;
import io.mtl4j.nn.layer.Upsample2d;
import io.mtl4j.nn.pretrained.BertEncoder;
import io.mtl4j.nn.sharing.Adapters;
import io.mtl4j.nn.sharing.Branching;
import io.mtl4j.nn.sharing.Care;
import io.mtl4j.nn.sharing.Cgc;
import io.mtl4j.nn.sharing.CrossStitch;
import io.mtl4j.nn.sharing.DSelectK;
import io.mtl4j.nn.sharing.HardSharing;
import io.mtl4j.nn.sharing.Hierarchical;
import io.mtl4j.nn.sharing.Mmoe;
import io.mtl4j.nn.sharing.Mtan;
import io.mtl4j.nn.sharing.Ple;
import io.mtl4j.nn.sharing.Sluice;
import io.mtl4j.nn.sharing.SoftSharing;
import io.mtl4j.nn.sharing.TaskAttention;
import io.mtl4j.nn.sharing.Tree;
import java.util.List;

/** The library's own parts of models. The simple names of these classes are part of the file format. */
final class StandardTypes {

    /** Every record that a file may name. */
    static final List<Class<? extends Record>> ALL = List.of(
            ActivationLayer.class,
            ActivityPenalty.class,
            Adapters.class,
            AvgPool2d.class,
            BatchNorm.class,
            BertEncoder.class,
            BidirectionalLanguageModel.class,
            BinaryCrossEntropy.class,
            BinaryFocalLoss.class,
            BinaryFormat.class,
            Branching.class,
            Care.class,
            Cgc.class,
            Chain.class,
            CharacterWords.class,
            ClassFormat.class,
            Cnn.class,
            ContextualEmbedding.class,
            Conv2d.class,
            CrfFormat.class,
            CrfLoss.class,
            CrfScores.class,
            CriticFormat.class,
            CrossEntropy.class,
            CrossStitch.class,
            DSelectK.class,
            Dense.class,
            Dropout.class,
            Embedding.class,
            FeatureSlice.class,
            Flatten.class,
            FocalLoss.class,
            Frozen.class,
            GanHead.class,
            GlobalPool.class,
            Gnn.class,
            GraphAttention.class,
            GraphConvolution.class,
            GraphEncoder.class,
            HardSharing.class,
            Hierarchical.class,
            Highway.class,
            Huber.class,
            LambdaRank.class,
            LayerMix.class,
            LayerNorm.class,
            Lstm.class,
            LstmDecoder.class,
            LstmEncoder.class,
            LstmStacks.class,
            MaxPool2d.class,
            MeanAbsoluteError.class,
            MeanSquaredError.class,
            Mlp.class,
            Mmoe.class,
            Mtan.class,
            MultiLabelFormat.class,
            SequenceHead.class,
            NonSaturatingLoss.class,
            PadTo.class,
            PixelValueFormat.class,
            Ple.class,
            PositionalEncoding.class,
            RankFormat.class,
            RankNet.class,
            ReconstructionHead.class,
            Regularized.class,
            RepeatChannels.class,
            Reshape.class,
            Residual.class,
            Resize.class,
            SegmentEmbedding.class,
            SegmentationFormat.class,
            SelfAttention.class,
            SequencePool.class,
            Sluice.class,
            SoftSharing.class,
            TabularEmbedding.class,
            TokenDecoder.class,
            TagFormat.class,
            TaskAttention.class,
            TaskHead.class,
            TemperedLoss.class,
            TransformerBlock.class,
            TransformerDecoder.class,
            TransformerEncoder.class,
            TransposedConv2d.class,
            Tree.class,
            Upsample2d.class,
            ValueFormat.class,
            WordHead.class,
            WassersteinLoss.class,
            Shape.Vector.class,
            Shape.Image.class,
            Shape.Sequence.class,
            Shape.Tokens.class);

    private StandardTypes() {}
}

package io.sa2va.core.run;

import io.sa2va.Cancellation;
import io.sa2va.DType;
import io.sa2va.LoadOptions;
import io.sa2va.LoraOptions;
import io.sa2va.Quantization;
import io.sa2va.TrainingListener;
import io.sa2va.TrainingOptions;
import io.sa2va.TrainingRequest;
import io.sa2va.TrainingResult;
import io.sa2va.core.data.Datasets;
import io.sa2va.core.engine.NativeErrors;
import io.sa2va.core.engine.Placement;
import io.sa2va.core.hub.HubClient;
import io.sa2va.core.train.AdapterExport;
import io.sa2va.core.train.Dataset;
import io.sa2va.core.train.LoraConfig;
import io.sa2va.core.train.ModelExport;
import io.sa2va.core.train.RunFolder;
import io.sa2va.core.train.TrainableModel;
import io.sa2va.core.train.Trainer;
import io.sa2va.core.train.TrainingPlan;
import io.sa2va.core.train.base.BaseCheckpoint;
import io.sa2va.error.InvalidRequestException;
import io.sa2va.spi.TrainingProvider;
import io.sa2va.torch.Torch;
import io.sa2va.torch.weights.CheckpointFiles;
import io.sa2va.torch.weights.SafetensorsWeights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What {@code ServiceLoader} finds for training. */
public final class TrainingService implements TrainingProvider {
  @Override
  public TrainingResult train(
      TrainingRequest request, TrainingListener listener, Cancellation cancellation) {
    return NativeErrors.translate(() -> trainChecked(request, listener, cancellation));
  }

  private static TrainingResult trainChecked(
      TrainingRequest request, TrainingListener listener, Cancellation cancellation) {
    LoadOptions loading = request.loading();
    if (loading.dtype() == DType.FLOAT16) {
      throw new InvalidRequestException(
          "gradients are too small for float16; train in float32 or bfloat16");
    }
    if (loading.quantization() != Quantization.NONE) {
      throw new InvalidRequestException(
          "gradients need unrounded weights; train without quantization, and quantize the model"
              + " that comes out");
    }
    TrainingOptions options = request.options();
    Dataset data = Datasets.open(request.data(), options.seed());
    Optional<Dataset> validation =
        Optional.ofNullable(request.validationData())
            .map(name -> Datasets.open(name, ~options.seed()));
    Path source = HubClient.resolve(request.model(), loading);
    BaseCheckpoint base = BaseCheckpoint.read(source);
    base.requireSam2(Optional.ofNullable(loading.sam2Weights()));
    Placement placement = placement(source, loading);
    RunDescription run = RunDescription.of(request, options.stepsOn(data.size()), placement);
    RunStart start = RunStart.prepare(request, run, base, source);
    RunFolder folder = new RunFolder(request.out());
    try (TrainableModel model = start.load(placement, plan(options));
        Trainer trainer = new Trainer(model, data, validation, options, folder, listener)) {
      if (request.resume() && Files.exists(folder.checkpoint())) {
        trainer.resume();
      }
      TrainingResult result = trainer.run(cancellation);
      export(
          request, placement, model, start.isSource() ? request.model() : start.model().toString());
      return result;
    }
  }

  private static Placement placement(Path source, LoadOptions loading) {
    if (loading.threads() > 0) {
      Torch.setThreads(loading.threads());
    }
    try (SafetensorsWeights files = SafetensorsWeights.open(CheckpointFiles.in(source))) {
      return Placement.choose(loading, files);
    }
  }

  private static TrainingPlan plan(TrainingOptions options) {
    return lora(options)
        .map(lora -> TrainingPlan.reference(lora, options.seed()))
        .orElseGet(() -> TrainingPlan.everything(options.seed()));
  }

  private static Optional<LoraConfig> lora(TrainingOptions options) {
    return Optional.ofNullable(options.lora()).map(TrainingService::config);
  }

  private static LoraConfig config(LoraOptions lora) {
    return new LoraConfig(lora.rank(), lora.alpha(), lora.dropout(), LoraConfig::isInLanguageModel);
  }

  private static void export(
      TrainingRequest request, Placement placement, TrainableModel model, String base) {
    new ModelExport(model, placement.dtype()).write(request.out().resolve("model"));
    lora(request.options())
        .ifPresent(
            lora -> new AdapterExport(model, lora, base).write(request.out().resolve("adapter")));
  }
}

// The programs of page_network.py: each gets the network, as the page unpacks it, and returns a
// function of a digit.

const script = (address) => new Promise((resolve, reject) => {
  const one = document.createElement("script");
  Object.assign(one, { src: address, onload: resolve, onerror: reject });
  document.head.append(one);
});
const network = async () => {
  await Promise.all([script("/ours.js"), script("/explorables/networks/reader.js")]);
  return unpacked(courseNetworks.reader);
};
const programs = {
  plain: async () => {
    const made = await network();
    return (digit) => forward(made, digit).at(-1);
  },
  fast: async () => {
    const made = await network();
    accelerated(made);
    return (digit) => forward(made, digit).at(-1);
  },
  tfjs: async () => {
    await script("/peers/@tensorflow/tfjs-core/dist/tf-core.min.js");
    await script("/peers/@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.min.js");
    tf.wasm.setWasmPaths("/peers/@tensorflow/tfjs-backend-wasm/dist/");
    await tf.setBackend("wasm");
    await tf.ready();
    const { layers } = await network();
    const tensors = layers.map(({ type, kernel, bias, kernel_size, filters, units }, at) => {
      const before = at ? layers[at - 1].shape : [28, 28, 1];
      if (type === "Conv2D") return [tf.tensor4d(kernel, [...kernel_size, before[2], filters]), tf.tensor1d(bias)];
      return type === "Dense" ? [tf.tensor2d(kernel, [before[2], units]), tf.tensor1d(bias)] : null;
    });
    return (digit) => tf.tidy(() => {
      let map = tf.tensor4d(digit, [1, 28, 28, 1]);
      layers.forEach(({ type }, at) => {
        const [kernel, bias] = tensors[at] ?? [];
        if (type === "Conv2D") map = tf.fused.conv2d({ x: map, filter: kernel, strides: 1, pad: "valid", bias, activation: "relu" });
        else if (type === "MaxPooling2D") map = tf.maxPool(map, 2, 2, "valid");
        else if (type === "Flatten") map = tf.reshape(map, [1, -1]);
        else map = tf.softmax(tf.fused.matMul({ a: map, b: kernel, bias }));
      });
      return map.dataSync();
    });
  },
};
const digit = Float32Array.from({ length: 784 }, (_, at) => {
  const [row, column] = [Math.floor(at / 28), at % 28];
  return row > 4 && row < 24 && Math.abs(column - 14) < 2 ? 1 : 0;
});

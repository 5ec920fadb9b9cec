// What the search of the Korean edition knows of Korean, for search.js; and a word for Sphinx.
(() => {
  // Particles and endings that stand behind a noun: 풀링을, 커널에서는, 초기화하면.
  const ENDING = /(?:(?:이라고|이라는|이란|라고|라는|란|에서는|에서의|에서도|에서|에게|에는|에도|에|으로는|으로도|으로|로는|로도|로|과의|와의|과는|와는|과|와|까지|부터|보다|처럼|마다|만큼|만|조차|이나|나|이며|며|이고|이면|의|은|는|이|가|을|를|도)|(?:합니다|하는|하면|하고|하며|하여|해서|했을|했던|한|할|해|됩니다|되는|되면|되고|되어|된|될|입니다|일까요|인가요|인가|일|인))$/;
  const HANGUL = /^[\p{Script=Hangul}\p{N}]+$/u;
  // What students type in one word, and what the course calls it in one.
  const CALLED = {
    컨볼루션: "합성곱", 컨벌루션: "합성곱", 콘볼루션: "합성곱", 특징: "특성", 피처: "특성", 과적합: "과대적합", 오버피팅: "과대적합", 과잉적합: "과대적합", 드랍아웃: "드롭아웃", 정칙화: "규제", 그레이디언트: "기울기", 그래디언트: "기울기", 그라디언트: "기울기", 백프로퍼게이션: "역전파", 보폭: "스트라이드", 파라미터: "매개변수", 로스: "손실", 최적화: "옵티마이저", 어그멘테이션: "증강", 임계값: "임곗값", 문턱값: "임곗값", 뉴럴네트워크: "신경망", 윈도우: "윈도", 라벨: "레이블", 에폭: "에포크", 활성함수: "활성화", 웹캠: "카메라",
  };
  const stem = (word) => {
    if (!HANGUL.test(word)) return null;
    const bare = word.replace(ENDING, ""), one = bare.length >= 2 ? bare : word;
    return CALLED[one] ?? CALLED[word] ?? one;
  };
  // What they type in one word, and what the course calls it in several, or by a Latin name.
  const same = {
    cnn: "합성곱 신경망", convnet: "합성곱 신경망", 컨브넷: "합성곱 신경망", conv: "합성곱", conv2d: "합성곱 층", 특징맵: "특성 맵", 피처맵: "특성 맵", 배치노멀라이제이션: "배치 정규화", bn: "배치 정규화", batchnorm: "배치 정규화", 러닝레이트: "학습률", lr: "학습률",
    파인튜닝: "미세 조정", 맥스풀링: "최대 풀링", maxpool: "최대 풀링", 리셉티브: "수용 영역", 수용장: "수용 영역", 제로패딩: "패딩", 얼리스토핑: "조기 종료", 렐루: "ReLU", 아담: "Adam", 파이토치: "PyTorch", 케라스: "Keras", 넘파이: "NumPy", 텐서플로우: "TensorFlow", 텐서플로: "TensorFlow", 하이퍼파라미터: "학습률", 소실: "무너질", 폭주: "무너질", nan: "무너질", 스킵커넥션: "잔차 연결", 분산: "데이터 병렬", 회전: "돌린", 뒤집기: "뒤집은",
  };
  const few = ["무엇", "무엇인가요", "뭐", "뭔가요", "어떻게", "왜", "언제", "차이", "방법", "하는", "있는", "설명", "그리고", "및"];
  window.courseWords = { stem, same, few };
  if (typeof Documentation !== "undefined") Documentation.TRANSLATIONS["Hide Search Matches"] = "찾은 말 강조 지우기";
})();
